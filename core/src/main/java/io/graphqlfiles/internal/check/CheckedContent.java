package io.graphqlfiles.internal.check;

import io.graphqlfiles.FileException;
import io.graphqlfiles.internal.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file that is being stored. Its first bytes can be looked at before the rest is read, and every byte
 * is counted against what the file and the request may have: one too many ends the stream with a {@link FileException},
 * and so with nothing stored.
 */
public final class CheckedContent extends BulkInputStream {

    private final InputStream content;
    private final long maxBytes;
    private final Supplier<FileException> tooLarge;
    private final RequestBudget budget;

    private byte @Nullable [] head;
    private int headPosition;
    private long count;

    /** @param tooLarge makes what is thrown for the first byte beyond {@code maxBytes} */
    public CheckedContent(InputStream content, long maxBytes, Supplier<FileException> tooLarge, RequestBudget budget) {
        this.content = content;
        this.maxBytes = maxBytes;
        this.tooLarge = tooLarge;
        this.budget = budget;
    }

    /** The first bytes, up to this many; fewer only if the content is shorter. Called once, before anything is read. */
    public byte[] head(int length) throws IOException {
        byte[] first = content.readNBytes(length);
        count(first.length);
        this.head = first;
        return first;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (head != null) {
            if (headPosition < head.length) {
                int fromHead = Math.min(length, head.length - headPosition);
                System.arraycopy(head, headPosition, buffer, offset, fromHead);
                headPosition += fromHead;
                return fromHead;
            }
            head = null;
        }
        int read = content.read(buffer, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    private void count(int bytes) {
        count += bytes;
        if (count > maxBytes) {
            throw tooLarge.get();
        }
        budget.takeBytes(bytes);
    }
}
