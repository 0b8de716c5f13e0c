package io.graphqlfiles.graphql.docs;

import io.graphqlfiles.FileReviewer;
import java.net.InetSocketAddress;

/** Shown in docs/production.md. */
public final class ReviewedByClamAv {

    private ReviewedByClamAv() {}

    // tag::reviewer
    public static FileReviewer reviewer(InetSocketAddress clamd) {
        return new ClamAvValidator(clamd)::validate;
    }
    // end::reviewer
}
