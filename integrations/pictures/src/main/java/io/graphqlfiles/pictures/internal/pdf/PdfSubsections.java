package io.graphqlfiles.pictures.internal.pdf;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A section of cross-references: for some ranges of numbers, where the objects are. */
interface PdfSubsections {

    /** The highest number of an object that is looked for. Readers go as far as 8,388,607 (ISO 32000-1, annex C). */
    long HIGHEST_NUMBER = Integer.MAX_VALUE;

    /** How many ranges of numbers there are. */
    int size();

    /** Where the object is; null if the section does not say. */
    PdfReferences.@Nullable Entry find(long number) throws IOException;
}
