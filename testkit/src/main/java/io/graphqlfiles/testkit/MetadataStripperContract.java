package io.graphqlfiles.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.media.MalformedContentException;
import io.graphqlfiles.spi.media.MetadataStripper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every {@link MetadataStripper} promises. Extend it in a test, once for each type of file. */
public abstract class MetadataStripperContract {

    /** For subclasses. */
    protected MetadataStripperContract() {}

    /** A new stripper. */
    protected abstract MetadataStripper createStripper();

    /** The type of the files. */
    protected abstract String mimeType();

    /** A file of this type with this text in its metadata, as ASCII, and nowhere else. */
    protected abstract byte[] sampleWith(String secret);

    private static final String SECRET = "nobody-should-know";

    private byte[] strip(byte[] content) throws IOException {
        return createStripper()
                .strip(mimeType(), new ByteArrayInputStream(content))
                .readAllBytes();
    }

    @Test
    void metadata_isGone() throws IOException {
        byte[] sample = sampleWith(SECRET);
        assertThat(new String(sample, StandardCharsets.ISO_8859_1)).contains(SECRET);

        byte[] stripped = strip(sample);

        assertThat(new String(stripped, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
        assertThat(stripped).isNotEmpty();
        assertThat(strip(stripped)).as("stripped again").isEqualTo(stripped);
        assertThat(createStripper().mimeTypes()).contains(mimeType());
    }

    @Test
    void byteByByte_isTheSame() throws IOException {
        byte[] sample = sampleWith(SECRET);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream stripped = createStripper()
                .strip(mimeType(), new FilterInputStream(new ByteArrayInputStream(sample)) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        return super.read(buffer, offset, Math.min(1, length));
                    }
                })) {
            for (int next = stripped.read(); next >= 0; next = stripped.read()) {
                out.write(next);
            }
        }

        assertThat(out.toByteArray()).isEqualTo(strip(sample));
    }

    @Test
    void content_isNotClosed() throws IOException {
        boolean[] closed = {false};
        InputStream content = new FilterInputStream(new ByteArrayInputStream(sampleWith(SECRET))) {
            @Override
            public void close() throws IOException {
                closed[0] = true;
                super.close();
            }
        };
        try (InputStream stripped = createStripper().strip(mimeType(), content)) {
            stripped.readAllBytes();
        }

        assertThat(closed[0]).isFalse();
    }

    @Test
    void failureOfTheContent_isPassedOnAsItIs() {
        byte[] sample = sampleWith(SECRET);
        for (int after = 0; after < sample.length; after += Math.max(1, sample.length / 10)) {
            IOException broken = new IOException("broken after " + after);
            int left = after;
            InputStream content = new FilterInputStream(new ByteArrayInputStream(sample, 0, left)) {
                @Override
                public int read() throws IOException {
                    int next = super.read();
                    if (next < 0) {
                        throw broken;
                    }
                    return next;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = super.read(buffer, offset, length);
                    if (read < 0) {
                        throw broken;
                    }
                    return read;
                }
            };

            assertThatThrownBy(() -> createStripper().strip(mimeType(), content).readAllBytes())
                    .isSameAs(broken);
        }
    }

    @Test
    void truncated_endsEitherWay() throws IOException {
        byte[] sample = sampleWith(SECRET);
        for (int length = 0; length < sample.length; length++) {
            try {
                assertThat(new String(strip(Arrays.copyOf(sample, length)), StandardCharsets.ISO_8859_1))
                        .doesNotContain(SECRET);
            } catch (MalformedContentException expected) {
                // as promised
            }
        }
    }
}
