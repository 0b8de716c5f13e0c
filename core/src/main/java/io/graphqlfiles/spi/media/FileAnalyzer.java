package io.graphqlfiles.spi.media;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/**
 * Reads facts from the headers of files, without decoding them. Asked twice at most for each file: first with its head,
 * while the rest is still on its way and nothing is stored; then, if that was not enough, with what is in the store.
 *
 * <p>Called from many threads at once. It gets whatever clients send: content that is broken, or lies about itself, has
 * no facts, and an exception means the same. It must hold no more than a bounded part of the content in memory.
 */
public interface FileAnalyzer {

    /** Whether facts of such files can be found. No I/O. */
    boolean analyzes(String mimeType);

    /**
     * Reads what the first bytes tell. No I/O.
     *
     * @param mimeType one of those that it {@linkplain #analyzes analyzes}, found in the content
     * @param head the first 64 KiB, or all if the file has fewer; not to be changed
     */
    Analysis analyzeHead(String mimeType, byte[] head);

    /**
     * Reads what the stored file tells, if {@link #analyzeHead} found that more is needed. Blocks.
     *
     * @param found what the head told
     * @return with what was found before
     * @throws IOException if the content cannot be read from the store
     */
    FileFacts analyze(StoredContent content, FileFacts found) throws IOException;

    /**
     * What the first bytes tell.
     *
     * @param facts with width and height where they are known: the rules of the field are checked with them before
     *     anything is stored
     * @param isComplete whether the rest of the file tells no more
     */
    record Analysis(FileFacts facts, boolean isComplete) {

        public Analysis {
            requireNonNull(facts, "facts");
        }
    }
}
