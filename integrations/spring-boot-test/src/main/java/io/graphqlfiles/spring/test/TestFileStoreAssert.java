package io.graphqlfiles.spring.test;

import io.graphqlfiles.StoredFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What a test says of a {@link TestFileStore}. Not thread-safe. */
public final class TestFileStoreAssert extends AbstractAssert<TestFileStoreAssert, TestFileStore> {

    TestFileStoreAssert(TestFileStore actual) {
        super(actual, TestFileStoreAssert.class);
    }

    /** Nothing was stored, or all of it has been deleted. */
    public TestFileStoreAssert isEmpty() {
        return hasSize(0);
    }

    /** There are as many files. */
    public TestFileStoreAssert hasSize(int expected) {
        isNotNull();
        if (actual.size() != expected) {
            failWithMessage("Expected %d files in the store, found %s", expected, sizes(actual.contents()));
        }
        return this;
    }

    /** The file is there. */
    public TestFileStoreAssert holds(StoredFile file) {
        isNotNull();
        if (!actual.contains(file)) {
            failWithMessage("Expected %s in the store, found %s", file, sizes(actual.contents()));
        }
        return this;
    }

    /** The file is there, and its bytes are those that were uploaded. */
    public TestFileStoreAssert holds(StoredFile file, TestFile uploaded) {
        holds(file);
        byte[] content = actual.content(file);
        if (!Arrays.equals(content, uploaded.content())) {
            failWithMessage(
                    "Expected %s to have the content of %s, found %d other bytes", file, uploaded, content.length);
        }
        return this;
    }

    /** The file was never stored, or has been deleted. */
    public TestFileStoreAssert doesNotHold(StoredFile file) {
        isNotNull();
        if (actual.contains(file)) {
            failWithMessage("Expected %s not to be in the store any more", file);
        }
        return this;
    }

    /** The bytes of these are there, in whatever order, and nothing else. */
    public TestFileStoreAssert holdsOnly(TestFile... uploaded) {
        isNotNull();
        List<byte[]> found = new ArrayList<>(actual.contents());
        List<TestFile> missing = new ArrayList<>();
        for (TestFile file : uploaded) {
            byte[] wanted = file.content();
            int index = 0;
            while (index < found.size() && !Arrays.equals(found.get(index), wanted)) {
                index++;
            }
            if (index < found.size()) {
                found.remove(index);
            } else {
                missing.add(file);
            }
        }
        if (!missing.isEmpty() || !found.isEmpty()) {
            failWithMessage(
                    "Expected only %s in the store: missing %s, and in addition %s",
                    List.of(uploaded), missing, sizes(found));
        }
        return this;
    }

    private static String sizes(List<byte[]> contents) {
        return contents.isEmpty()
                ? "none"
                : contents.size() + " of "
                        + contents.stream()
                                .map(content -> content.length)
                                .sorted()
                                .toList() + " bytes";
    }
}
