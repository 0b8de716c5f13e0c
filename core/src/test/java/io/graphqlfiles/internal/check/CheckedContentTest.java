package io.graphqlfiles.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedContentTest {

    private final FileException tooLarge = new FileException(FileErrorCode.FILE_TOO_LARGE, "too large");

    private final byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, -1, 0};

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "4, 3", "10, 100", "64, 4"})
    void everyByteComesOnceAndInOrder(int head, int chunk) throws IOException {
        CheckedContent content = content(bytes, 10, RequestBudget.unlimited());
        byte[] seen = content.head(head);
        byte[] read = new byte[20];
        int length = 0;
        for (int n = content.read(read, 0, chunk % 10); n >= 0; n = content.read(read, length, Math.min(chunk, 10))) {
            length += n;
        }

        assertThat(seen).isEqualTo(Arrays.copyOf(bytes, Math.min(head, 10)));
        assertThat(Arrays.copyOf(read, length)).isEqualTo(bytes);
        assertThat(content.read()).isEqualTo(-1);
    }

    @Test
    void read_byteByByte() throws IOException {
        CheckedContent content = content(bytes, 10, RequestBudget.unlimited());
        content.head(2);

        for (byte each : bytes) {
            assertThat(content.read()).isEqualTo(each & 0xff);
        }
        assertThat(content.read()).isEqualTo(-1);
    }

    @Test
    void limit_isInclusive() throws IOException {
        assertThat(content(bytes, 10, RequestBudget.unlimited()).readAllBytes()).isEqualTo(bytes);
        assertThatThrownBy(() -> content(bytes, 9, RequestBudget.unlimited()).readAllBytes())
                .isSameAs(tooLarge);
    }

    @Test
    void limit_holdsForTheHead() {
        assertThatThrownBy(() -> content(bytes, 3, RequestBudget.unlimited()).head(10))
                .isSameAs(tooLarge);
    }

    @Test
    void budget_isSharedByFiles() throws IOException {
        RequestBudget budget = new RequestBudget(
                FileLimits.newFileLimits().bytesPerRequest(ByteSize.bytes(15)).build());
        content(bytes, 100, budget).readAllBytes();
        CheckedContent second = content(bytes, 100, budget);
        second.head(5);

        assertThatThrownBy(second::readAllBytes)
                .isInstanceOf(FileException.class)
                .hasMessage(
                        "The files of the request are together larger than 15 bytes, the most that one request may have.");
    }

    @Test
    void contentIsNeverReadFarBeyondTheLimit() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        };
        CheckedContent content = new CheckedContent(endless, 1 << 20, () -> tooLarge, RequestBudget.unlimited());

        assertThatThrownBy(content::readAllBytes).isSameAs(tooLarge);
    }

    private CheckedContent content(byte[] bytes, long max, RequestBudget budget) {
        return new CheckedContent(new ByteArrayInputStream(bytes), max, () -> tooLarge, budget);
    }
}
