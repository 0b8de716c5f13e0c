package io.graphqlfiles.storage.gcs.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** Bytes that have been received, in a file, and their sums. */
record Received(Path file, long size, String crc32c, String md5) {

    /** Reads a file whole. */
    static Received of(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        MessageDigest md5 = md5Digest();
        try (InputStream in = new DigestInputStream(new CheckedInputStream(Files.newInputStream(file), crc), md5)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        byte[] sum = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        Base64.Encoder base64 = Base64.getEncoder();
        return new Received(file, Files.size(file), base64.encodeToString(sum), base64.encodeToString(md5.digest()));
    }

    /** The entity tag of a part. */
    String etag() {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(md5));
    }

    /** Compares with an {@code x-goog-hash} header, if there is one. */
    void requireHash(String header) {
        if (header != null) {
            for (String hash : header.split(",", -1)) {
                require("crc32c", hash, crc32c);
                require("md5", hash, md5);
            }
        }
    }

    private static void require(String name, String hash, String found) {
        if (hash.strip().startsWith(name + "=") && !hash.strip().equals(name + "=" + found)) {
            throw Refusal.invalid("BadDigest", "Provided " + name + " hash doesn't match calculated one.");
        }
    }

    private static MessageDigest md5Digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
