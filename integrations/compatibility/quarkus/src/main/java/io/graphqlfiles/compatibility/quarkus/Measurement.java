package io.graphqlfiles.compatibility.quarkus;

import org.eclipse.microprofile.graphql.NonNull;

/** What is known of an upload that was read and thrown away. */
public record Measurement(
        @NonNull String fileName,
        String mimeType,
        long byteSize,
        @NonNull String crc32) {}
