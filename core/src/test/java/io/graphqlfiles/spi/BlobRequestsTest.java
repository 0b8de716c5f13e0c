package io.graphqlfiles.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobRequestsTest {

    private static final BlobInfo SOURCE =
            BlobInfo.newBlobInfo("private/a", 1, Instant.EPOCH).version("1").build();

    @ParameterizedTest
    @ValueSource(strings = {"", "image/png\r\nX: y", "image/png\u0000", "image/\u00e9", "image/png\t"})
    void headerText_thatIsNoHeaderValue(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PutRequest("private/a", 1, text, "inline", Visibility.PRIVATE))
                .withMessage("contentType: expected printable ASCII, found something else or nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CopyRequest(SOURCE, "private/b", "image/png", text, Visibility.PRIVATE))
                .withMessage("contentDisposition: expected printable ASCII, found something else or nothing");
    }

    @Test
    void headerText_everyPrintableCharacter() {
        String all = " !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~";
        assertThat(new PutRequest("private/a", 0, all, all, Visibility.PUBLIC).contentType())
                .isEqualTo(all);
    }

    @Test
    void byteSize_belowUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PutRequest("private/a", -2, "image/png", "inline", Visibility.PRIVATE))
                .withMessage("byteSize: expected -1 or more, found -2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../a", "/a", "a//b", "a.b", "-a", "a/b/c/d/e/f/g", "\u00e9", "a\nb"})
    void key_thatIsNotWellFormed(String key) {
        assertBadKey(() -> new PutRequest(key, 1, "image/png", "inline", Visibility.PRIVATE));
        assertBadKey(() -> new CopyRequest(SOURCE, key, "image/png", "inline", Visibility.PRIVATE));
        BlobInfo source =
                BlobInfo.newBlobInfo(key, 1, Instant.EPOCH).version("1").build();
        assertBadKey(() -> new CopyRequest(source, "private/b", "image/png", "inline", Visibility.PRIVATE));
        assertBadKey(() -> new PartUploadRequest(key, 1, 1, "image/png"));
        assertBadKey(() -> new PartUpload(key, "1"));
        assertBadKey(() -> new SignPutRequest(key, 1, "image/png", Instant.EPOCH, Instant.MAX));
        assertBadKey(() -> new SignGetRequest(key, Visibility.PRIVATE, null, Instant.EPOCH, Instant.MAX));
    }

    private static void assertBadKey(ThrowableAssert.ThrowingCallable request) {
        assertThatIllegalArgumentException()
                .isThrownBy(request)
                .withMessageStartingWith("key: expected 1 to 6 segments");
    }
}
