/** The number of pages of a PDF, as the file states it, and no more of PDF than that takes. Not for applications. */
@NullMarked
package io.graphqlfiles.pictures.internal.pdf;

import org.jspecify.annotations.NullMarked;
