package io.graphqlfiles.graphql.docs;

import io.graphqlfiles.FileListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shown in docs/observability.md. */
// tag::listener
final class UploadAudit implements FileListener {

    // end::listener
    private static final Logger LOG = LoggerFactory.getLogger(UploadAudit.class);

    // tag::listener
    @Override
    public void stored(Stored stored) {
        LOG.info("{} bytes for {} in {}", stored.byteSize(), stored.field(), stored.duration());
    }

    @Override
    public void refused(Refused refused) {
        LOG.info("{}: {}", refused.field(), refused.code());
    }
}
// end::listener
