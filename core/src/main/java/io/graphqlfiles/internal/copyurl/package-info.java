/**
 * Fetches files from URLs that clients name, from public addresses only: the protection against server-side request
 * forgery (SSRF). Internal: may change with any release.
 */
@NullMarked
package io.graphqlfiles.internal.copyurl;

import org.jspecify.annotations.NullMarked;
