/**
 * Variants of files: which a file has, and the making of those that are asked for. A key comes in from the endpoint,
 * the blob goes out: found, or made once however many ask, or refused. Nothing here decodes: that is
 * {@link io.graphqlfiles.spi.media.VariantMaker}'s.
 */
@NullMarked
package io.graphqlfiles.internal.variant;

import org.jspecify.annotations.NullMarked;
