package io.graphqlfiles.spring;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What file fields need to know of an HTTP request.
 *
 * @param baseUrl where clients reach this application, with its context path
 * @param principal name of the authenticated user; null if nobody is
 */
record RequestFacts(URI baseUrl, @Nullable String principal) {}
