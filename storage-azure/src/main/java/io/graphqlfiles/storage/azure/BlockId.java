package io.graphqlfiles.storage.azure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.graphqlfiles.spi.UploadedPart;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The name of an uncommitted block. The service keeps nothing else of it but its length, so the name says all that is
 * needed later: which upload it belongs to and when that was begun, which part it is of, and which of several of that
 * number is the newest. All names have one length, as the service demands.
 *
 * @param upload when it was begun and some random digits, 24 in all
 * @param number of the part, from 1; 0 for the mark of an upload in progress
 * @param version digits that grow with time, 18
 * @param index of the block in the part, from 0
 * @param count how many blocks the part has
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/put-block">Put Block</a>
 */
record BlockId(String upload, int number, String version, int index, int count) {

    private static final int UPLOAD = 24;
    private static final int TIME = 12;
    private static final int VERSION = 18;
    private static final int NUMBER = 5;
    private static final int LENGTH = UPLOAD + NUMBER + VERSION + NUMBER + NUMBER;

    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST = new AtomicLong();

    /** The id of a new upload, which has the content type with it, because the service keeps none before the end. */
    static String newUploadId(Instant begunAt, String contentType) {
        return newUpload(begunAt)
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(contentType.getBytes(UTF_8));
    }

    static String newUpload(Instant begunAt) {
        byte[] random = new byte[(UPLOAD - TIME) / 2];
        RANDOM.nextBytes(random);
        return digits(begunAt.toEpochMilli(), TIME) + HEX.formatHex(random);
    }

    /** @throws IllegalArgumentException if the store has given no such id */
    static String uploadOf(String uploadId) {
        if (uploadId.length() <= UPLOAD || uploadId.charAt(UPLOAD) != '.') {
            throw new IllegalArgumentException("uploadId: expected one that this store has given, found another");
        }
        return uploadId.substring(0, UPLOAD);
    }

    static String contentTypeOf(String uploadId) {
        return new String(Base64.getUrlDecoder().decode(uploadId.substring(UPLOAD + 1)), UTF_8);
    }

    /** The block that says that an upload is in progress. */
    static BlockId mark(String upload) {
        return new BlockId(upload, 0, "0".repeat(VERSION), 0, 1);
    }

    /** The block that a client sends of a part: the same for the same request. */
    static BlockId ofSignedPart(String uploadId, int number, Instant signedAt) {
        return new BlockId(uploadOf(uploadId), number, version(micros(signedAt), 0), 0, 1);
    }

    /** A version newer than those before. */
    static String newVersion(Instant now) {
        long micros = LAST.updateAndGet(last -> Math.max(last + 1, micros(now)));
        return version(micros, RANDOM.nextInt(1 << 16));
    }

    private static String version(long micros, int random) {
        return digits(micros, VERSION - 4) + digits(random, 4);
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }

    private static String digits(long value, int count) {
        return HEX.toHexDigits(value, count);
    }

    /** The same with another place in the part. */
    BlockId at(int newIndex) {
        return new BlockId(upload, number, version, newIndex, count);
    }

    boolean isMark() {
        return number == 0;
    }

    Instant uploadBegunAt() {
        return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(upload, 0, TIME));
    }

    /** Names the part with this version, as {@link UploadedPart#version()}. */
    String partVersion() {
        return version + digits(count, NUMBER);
    }

    /** The first block of a part that was listed. */
    static BlockId firstOf(String uploadId, UploadedPart part) {
        String version = part.version();
        boolean valid = version.length() == VERSION + NUMBER && isHex(version, 0, version.length());
        int count = valid ? HexFormat.fromHexDigits(version, VERSION, VERSION + NUMBER) : 0;
        return new BlockId(uploadOf(uploadId), part.number(), valid ? version.substring(0, VERSION) : "", 0, count);
    }

    /** As the service has it: in base64. */
    String encoded() {
        String text = upload + digits(number, NUMBER) + version + digits(index, NUMBER) + digits(count, NUMBER);
        return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
    }

    /** Reads a name; null if it is none of ours. */
    static @Nullable BlockId parse(String encoded) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(encoded), ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (text.length() != LENGTH || !isHex(text, 0, LENGTH)) {
            return null;
        }
        int version = UPLOAD + NUMBER;
        int index = version + VERSION;
        return new BlockId(
                text.substring(0, UPLOAD),
                HexFormat.fromHexDigits(text, UPLOAD, version),
                text.substring(version, index),
                HexFormat.fromHexDigits(text, index, index + NUMBER),
                HexFormat.fromHexDigits(text, index + NUMBER, LENGTH));
    }

    private static boolean isHex(String text, int from, int to) {
        return text.chars()
                .skip(from)
                .limit((long) to - from)
                .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
