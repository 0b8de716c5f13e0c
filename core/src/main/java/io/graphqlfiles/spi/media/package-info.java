/**
 * What can be done with the content of pictures and films, by whoever can read them: core decodes nothing. Implement
 * {@link io.graphqlfiles.spi.media.FileAnalyzer} to know their size before they are shown,
 * {@link io.graphqlfiles.spi.media.MetadataStripper} to remove what nobody meant to share,
 * {@link io.graphqlfiles.spi.media.VariantMaker} or {@link io.graphqlfiles.spi.media.VariantUrlSigner} to show them
 * smaller. The module {@code graphql-files-pictures} has all of them.
 *
 * <p>Everything here reads what a stranger has sent: bounded in time and memory, whatever the bytes say of themselves.
 *
 * <p>The promise of this package is to implementors: new methods arrive only with a default that works.
 */
@NullMarked
package io.graphqlfiles.spi.media;

import org.jspecify.annotations.NullMarked;
