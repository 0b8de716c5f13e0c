package io.graphqlfiles.spi;

import org.jspecify.annotations.Nullable;

/**
 * Follows the cursors of one listing and notices when they lead in a circle, so that a server which gives out the same
 * cursor again, or some of them in turn, is not asked for ever. Remembers two of them, however long the listing is. Not
 * thread-safe.
 *
 * <p>Experimental: may change before 1.0.
 *
 * @see <a href="https://doi.org/10.1007/BF01933190">R. P. Brent, An improved Monte Carlo factorization algorithm</a>,
 *     whose way of finding cycles this is
 */
public final class ListingProgress {

    private @Nullable String last;
    private @Nullable String remembered;
    private long steps;
    private long untilNext = 1;

    /** Starts at the first page, which has no cursor. */
    public ListingProgress() {}

    /**
     * Takes note of the cursor that the next page would be asked for by.
     *
     * @param cursor as the page before gave it
     * @return false if the listing has been there before: at once for the cursor of the page before, and for a circle
     *     of n pages after at most three times n more
     */
    public boolean advancesTo(String cursor) {
        if (cursor.equals(last) || cursor.equals(remembered)) {
            return false;
        }
        last = cursor;
        if (++steps == untilNext) {
            remembered = cursor;
            untilNext *= 2;
            steps = 0;
        }
        return true;
    }
}
