package io.graphqlfiles.internal.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
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

    record Entry(String name, String content) {}

    static Entry entry(String name, String content) {
        return new Entry(name, content);
    }

    static byte[] zipOf(Entry... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Entry entry : entries) {
                zip.putNextEntry(new ZipEntry(entry.name()));
                zip.write(text(entry.content()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Content that does not pack, so that what stands behind it in an archive is out of sight. */
    static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(11).nextBytes(bytes);
        return bytes;
    }

    /** The first 64 KiB of an archive in which these entries stand before one that fills them, and others behind. */
    static byte[] cutZip(String... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i++) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(i < entries.length - 1 ? text("<x/>") : noise(120_000));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(out.toByteArray(), ContentTypes.PREFIX_LENGTH);
    }

    /** An archive with this content in an entry that is not packed and whose length stands before it. */
    static byte[] zipStating(String type, String... entriesBefore) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entriesBefore) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(text("<x/>"));
            }
            ZipEntry entry = new ZipEntry("mimetype");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(type.length());
            CRC32 crc = new CRC32();
            crc.update(text(type));
            entry.setCrc(crc.getValue());
            entry.setTime(1_700_000_000_000L);
            zip.putNextEntry(entry);
            zip.write(text(type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] ole() {
        return joined(hex("d0cf11e0a1b11ae1"), new byte[512]);
    }

    /** A compound file with these streams at its root: header, allocation table, directory. */
    static byte[] ole(String... streams) {
        return oleOfClass("00000000000000000000000000000000", streams);
    }

    static byte[] oleOfClass(String rootClass, String... streams) {
        int sectors = (streams.length + 4) / 4;
        ByteBuffer file = ByteBuffer.allocate(512 * (2 + sectors)).order(ByteOrder.LITTLE_ENDIAN);
        file.put(hex("d0cf11e0a1b11ae1")).position(0x18);
        file.putShort((short) 0x3e).putShort((short) 3).putShort((short) 0xfffe).putShort((short) 9);
        file.putInt(0x2c, 1).putInt(0x30, 1).putInt(0x44, -2).putInt(0x4c, 0);
        for (int i = 1; i < 109; i++) {
            file.putInt(0x4c + 4 * i, -1);
        }
        for (int sector = 0; sector < 128; sector++) {
            int next = sector == 0 ? -3 : sector < sectors ? sector + 1 : sector == sectors ? -2 : -1;
            file.putInt(512 + 4 * sector, next);
        }
        entry(file, 0, "Root Entry", 5, -1, 1);
        file.position(1024 + 0x50).put(hex(rootClass));
        for (int i = 0; i < streams.length; i++) {
            entry(file, i + 1, streams[i], 2, i + 1 < streams.length ? i + 2 : -1, -1);
        }
        return file.array();
    }

    private static void entry(ByteBuffer file, int id, String name, int kind, int right, int child) {
        int at = 1024 + 128 * id;
        byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
        file.position(at).put(text);
        file.putShort(at + 0x40, (short) text.length).put(at + 0x42, (byte) kind);
        file.putInt(at + 0x44, -1).putInt(at + 0x48, right).putInt(at + 0x4c, child);
    }

    /** Packets of an MPEG transport stream, of 188 bytes or with four more before each. */
    static byte[] transportStream(int packetLength) {
        byte[] stream = new byte[packetLength * 5];
        Arrays.fill(stream, (byte) 0xff);
        for (int packet = 0; packet < 5; packet++) {
            int at = packet * packetLength + packetLength - 188;
            System.arraycopy(hex("47400010 00 00b00d00"), 0, stream, at, 9);
        }
        return stream;
    }

    static byte[] ogg(String codec) {
        return joined(
                text("OggS"),
                hex("0002"),
                new byte[20],
                hex("011e"),
                codec.getBytes(StandardCharsets.ISO_8859_1),
                new byte[30]);
    }

    /** A picture of one point that moves: the control chunk stands behind the header. */
    static byte[] animatedPng() {
        return joined(png(), hex("00000008 6163544c 00000001 00000000 b93d70f0"), hex("00000000 49444154"));
    }

    static byte[] tiff() {
        return joined(hex("49492a00 08000000 0000"), new byte[64]);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
