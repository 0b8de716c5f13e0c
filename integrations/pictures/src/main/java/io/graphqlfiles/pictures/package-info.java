/**
 * Pictures: {@link io.graphqlfiles.pictures.PictureAnalyzer} finds their size and makes placeholders,
 * {@link io.graphqlfiles.pictures.PictureStripper} removes metadata, {@link io.graphqlfiles.pictures.InProcessVariants}
 * and {@link io.graphqlfiles.pictures.CommandVariants} make them smaller, and
 * {@link io.graphqlfiles.pictures.ImgproxyUrls} and {@link io.graphqlfiles.pictures.ImgixUrls} let others do that.
 *
 * <p>All of it reads what strangers have sent. Headers are read by metadata-extractor, within bounds that are kept
 * here, and the number of pages of a PDF, which the analyzer finds too, by a small reader of our own; pixels are
 * decoded only after their number is known to be small enough, or in another process.
 */
@NullMarked
package io.graphqlfiles.pictures;

import org.jspecify.annotations.NullMarked;
