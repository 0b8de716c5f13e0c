/**
 * tus 1.0.0 at the file endpoint: direct uploads whose bytes come one after the other and stop anywhere, for clients
 * that speak this protocol. A request goes in, bytes go on to {@code SequentialUpload}, which keeps them in the store,
 * and an offset comes out. What the upload is for was agreed before, and is sealed in its URL.
 */
@NullMarked
package io.graphqlfiles.internal.tus;

import org.jspecify.annotations.NullMarked;
