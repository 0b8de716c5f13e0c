package io.graphqlfiles.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
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
}
