package io.graphqlfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FileLimitsTest {

    @Test
    void defaults() {
        FileLimits limits = FileLimits.defaults();

        assertThat(limits.base64()).isEqualTo(ByteSize.megabytes(10));
        assertThat(limits.file()).isEqualTo(ByteSize.megabytes(100));
        assertThat(limits.copyUrl()).isEqualTo(ByteSize.megabytes(100));
        assertThat(limits.directUpload()).isEqualTo(ByteSize.gigabytes(10));
        assertThat(limits.filesPerRequest()).isEqualTo(10);
        assertThat(limits.bytesPerRequest()).isEqualTo(ByteSize.megabytes(1000));
        assertThat(limits.directUploadsPerRequest()).isEqualTo(100);
        assertThat(limits.callsPerRequest()).isEqualTo(100);
        assertThat(limits.editsPerRequest()).isEqualTo(1000);
        assertThat(limits.operationsText()).isEqualTo(ByteSize.megabytes(1));
        assertThat(limits.operationsTime()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits.bytesPerSecond()).isEqualTo(ByteSize.kilobytes(1));
        assertThat(limits.spooledBytesTogether()).isEqualTo(ByteSize.gigabytes(10));
        assertThat(limits.mapText()).isEqualTo(ByteSize.kilobytes(64));
        assertThat(limits.spooledBytes()).isEqualTo(ByteSize.gigabytes(1));
        assertThat(limits.drainedBytes()).isEqualTo(ByteSize.megabytes(64));
        assertThat(limits.drainTime()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void transform_keepsTheRest() {
        FileLimits limits = FileLimits.newFileLimits()
                .base64(ByteSize.bytes(1))
                .file(ByteSize.bytes(2))
                .copyUrl(ByteSize.bytes(3))
                .directUpload(ByteSize.bytes(4))
                .filesPerRequest(5)
                .bytesPerRequest(ByteSize.bytes(6))
                .operationsText(ByteSize.bytes(7))
                .mapText(ByteSize.bytes(8))
                .spooledBytes(ByteSize.bytes(9))
                .drainedBytes(ByteSize.bytes(10))
                .drainTime(Duration.ofSeconds(11))
                .callsPerRequest(12)
                .editsPerRequest(13)
                .operationsTime(Duration.ofSeconds(14))
                .bytesPerSecond(ByteSize.bytes(15))
                .spooledBytesTogether(ByteSize.bytes(16))
                .directUploadsPerRequest(17)
                .build();

        assertThat(limits.transform(builder -> {})).usingRecursiveComparison().isEqualTo(limits);
        assertThat(limits.transform(builder -> builder.base64(ByteSize.bytes(20)))
                        .bytesPerRequest())
                .isEqualTo(ByteSize.bytes(6));
    }

    @Test
    void bytesPerRequest_notSet_followsTheOthersThroughTransform() {
        FileLimits limits = FileLimits.defaults().transform(builder -> builder.file(ByteSize.gigabytes(2)));

        assertThat(limits.bytesPerRequest()).isEqualTo(ByteSize.gigabytes(20));
    }

    @Test
    void bytesPerRequest_doesNotOverflow() {
        FileLimits limits = FileLimits.newFileLimits()
                .file(ByteSize.bytes(Long.MAX_VALUE))
                .filesPerRequest(Integer.MAX_VALUE)
                .build();

        assertThat(limits.bytesPerRequest()).isEqualTo(ByteSize.bytes(Long.MAX_VALUE));
    }

    @Test
    void zero_orLess() {
        FileLimits.Builder builder = FileLimits.newFileLimits();

        assertThatThrownBy(() -> builder.file(ByteSize.bytes(0))).hasMessage("file: expected 1 byte or more, found 0");
        assertThatThrownBy(() -> builder.filesPerRequest(0)).hasMessage("filesPerRequest: expected 1 or more, found 0");
        assertThatThrownBy(() -> builder.drainTime(Duration.ofSeconds(-1)))
                .hasMessage("drainTime: expected zero or more, found PT-1S");
        assertThatThrownBy(() -> builder.operationsTime(Duration.ZERO))
                .hasMessage("operationsTime: expected more than zero, found PT0S");
    }
}
