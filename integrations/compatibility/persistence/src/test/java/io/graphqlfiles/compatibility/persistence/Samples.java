package io.graphqlfiles.compatibility.persistence;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spi.Visibility;
import java.time.Instant;

/** Files as the library makes them. */
final class Samples {

    static final StoredFile IMAGE = new StoredFile(
            "default",
            "private/abcdefghijklmnopqrstuvwx",
            "\"cup\" \u00e9.png",
            "image/png",
            1L << 40,
            Instant.parse("2026-11-21T10:20:30.123456Z"),
            Visibility.PUBLIC,
            "crc32c:e3069283");

    private Samples() {}
}
