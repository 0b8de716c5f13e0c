/**
 * Multipart requests. The body of a request goes in; JSON with a handle in the place of each file comes out, and the
 * files stay on the connection until a data fetcher opens its {@link io.graphqlfiles.Upload}. From the bytes up:
 * {@code MultipartParser} finds the parts, {@code MultipartBody} decides which of them are read, skipped or spooled,
 * {@code StreamedMultipartRequest} is what a server adapter holds.
 */
@NullMarked
package io.graphqlfiles.internal.multipart;

import org.jspecify.annotations.NullMarked;
