package io.graphqlfiles.internal.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The first bytes of files of many kinds, made here. */
final class Samples {

    private Samples() {}

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] random() {
        byte[] bytes = new byte[4096];
        new Random(7).nextBytes(bytes);
        bytes[0] = (byte) 0x81; // no signature begins like this
        return bytes;
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static byte[] png() {
        return hex("89504e470d0a1a0a 0000000d 49484452 00000001 00000001 0802000000 907753de");
    }

    static byte[] jpeg() {
        return hex("ffd8ffe0 0010 4a46494600 0101 00 0001 0001 0000");
    }

    static byte[] gif() {
        return joined(text("GIF89a"), hex("0100010080000000000000ffffff"));
    }

    static byte[] webp() {
        return joined(text("RIFF"), hex("24000000"), text("WEBPVP8 "));
    }

    static byte[] wav() {
        return joined(text("RIFF"), hex("24000000"), text("WAVEfmt "));
    }

    static byte[] pdf() {
        return text("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n");
    }

    /** An ISO media file's "ftyp" box and the head of its next box. */
    static byte[] isoMedia(String majorBrand, String... compatibleBrands) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, (byte) (16 + 4 * compatibleBrands.length)});
        out.writeBytes(text("ftyp" + majorBrand));
        out.writeBytes(new byte[4]);
        for (String brand : compatibleBrands) {
            out.writeBytes(text(brand));
        }
        out.writeBytes(joined(hex("00001000"), text("meta"), new byte[64]));
        return out.toByteArray();
    }

    static byte[] ebml(String documentType) {
        return joined(
                hex("1a45dfa3 9f 4286810142f7810142f2810442f38108 4282"),
                new byte[] {(byte) (0x80 | documentType.length())},
                text(documentType),
                hex("42878104 42858102"));
    }

    static byte[] zip(String... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(text("content of " + entry));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] ole() {
        return joined(hex("d0cf11e0a1b11ae1"), new byte[512]);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
