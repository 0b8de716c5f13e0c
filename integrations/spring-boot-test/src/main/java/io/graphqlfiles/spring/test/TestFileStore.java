package io.graphqlfiles.spring.test;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.util.List;
import org.assertj.core.api.AssertProvider;

/**
 * The files that the application under test has stored, and has not deleted. A bean, to be injected into tests and
 * given to AssertJ:
 *
 * <pre>{@code
 * assertThat(store).holdsOnly(TestFile.png("cup.png"));
 * assertThat(store).isEmpty();
 * }</pre>
 *
 * <p>Contexts are kept between test classes, and with them the store: call {@link #clear()} before a test that looks at
 * all of it. What a client has uploaded directly and not claimed yet counts too. Thread-safe.
 */
public final class TestFileStore implements AssertProvider<TestFileStoreAssert> {

    /** How the database of attached files knows this store: no file of the application's. */
    private static final String IDENTITY = "private/attached/identity";

    private final InMemoryBlobStore store;

    TestFileStore(InMemoryBlobStore store) {
        this.store = requireNonNull(store, "store");
    }

    /** How many files there are. */
    public int size() {
        return keys().size();
    }

    /** The bytes of every file, in no order that means anything; copies. */
    public List<byte[]> contents() {
        return keys().stream().map(store::bytes).toList();
    }

    /**
     * The bytes of a file; a copy.
     *
     * @throws io.graphqlfiles.spi.BlobNotFoundException if it was never stored, or has been deleted
     */
    public byte[] content(StoredFile file) {
        return store.bytes(file.key());
    }

    /** Whether the file is there. */
    public boolean contains(StoredFile file) {
        return store.stat(file.key()) != null;
    }

    /** Removes all files. Records that have some keep them, and their URLs lead nowhere. */
    public void clear() {
        store.delete(keys());
    }

    private List<String> keys() {
        return store.keys().stream().filter(key -> !key.equals(IDENTITY)).toList();
    }

    /** Called by AssertJ. */
    @Override
    public TestFileStoreAssert assertThat() {
        return new TestFileStoreAssert(this);
    }

    /** How many files there are. */
    @Override
    public String toString() {
        return "TestFileStore[" + size() + " files]";
    }
}
