package io.graphqlfiles.compatibility;

import io.graphqlfiles.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What is known of an upload that was read and thrown away. */
public record Measurement(
        @Nullable String fileName, @Nullable String mimeType, long byteSize, String crc32) {

    /** Reads the upload to its end. Blocks. */
    public static Measurement of(Upload file) {
        CRC32 crc = new CRC32();
        long size = 0;
        try (InputStream in = file.openStream()) {
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
                size += n;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Measurement(file.fileName(), file.contentType(), size, Long.toHexString(crc.getValue()));
    }

    /** Reads the uploads in their order. Blocks. */
    public static List<Measurement> ofAll(List<Upload> files) {
        return files.stream().map(Measurement::of).toList();
    }
}
