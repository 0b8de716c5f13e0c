package io.graphqlfiles.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Boxes of HEIC and AVIF, put together by hand. */
final class HeifBoxes {

    private HeifBoxes() {}

    static byte[] box(String type, byte[]... parts) {
        byte[] content = join(parts);
        return join(number(4, content.length + 8L), Samples.ascii(type), content);
    }

    /** With version and flags. */
    static byte[] full(String type, int version, byte[]... parts) {
        return box(type, number(4, (long) version << 24), join(parts));
    }

    static byte[] item(int id, String type, String name) {
        return full("infe", 2, number(2, id), number(2, 0), Samples.ascii(type + name + "\0"));
    }

    static byte[] items(byte[]... items) {
        return full("iinf", 0, number(2, items.length), join(items));
    }

    /** Where an item is: 0 for the file, 1 for the data in the description. */
    static byte[] location(int id, int method, long offset, long length) {
        return join(number(2, id), number(2, method), number(2, 0), number(2, 1), number(4, offset), number(4, length));
    }

    static byte[] locations(byte[]... locations) {
        return full("iloc", 1, number(2, 0x4400), number(2, locations.length), join(locations));
    }

    /** A file with something in every place in which somebody may be spoken of. */
    static byte[] talkative(String secret) {
        int start = file(secret, 0).length - data(secret).length;
        return file(secret, start);
    }

    private static byte[] data(String secret) {
        return join(box("mdat", Samples.ascii("picture" + secret)), box("mpvd", Samples.ascii(secret)));
    }

    private static byte[] file(String secret, int start) {
        byte[] text = Samples.ascii(secret);
        int picture = start + 8;
        byte[] meta = full(
                "meta",
                0,
                full("hdlr", 0, number(4, 0), Samples.ascii("pict"), new byte[13]),
                full("pitm", 0, number(2, 1)),
                locations(
                        location(1, 0, picture, 7),
                        location(2, 0, picture + 7L, text.length),
                        location(3, 1, 0, text.length)),
                items(item(1, "hvc1", secret), item(2, "Exif", ""), item(3, "mime", "\0application/rdf+xml")),
                box(
                        "iprp",
                        box("ipco", full("ispe", 0, number(4, 40), number(4, 30)), full("udes", 0, text)),
                        full("ipma", 0, number(4, 1), number(2, 1), number(1, 1), number(1, 0x81))),
                box("idat", text),
                box("xml ", text));
        byte[] film = box(
                "moov", full("mvhd", 0, new byte[12]), box("udta", text), box("trak", box("mdia", box("udta", text))));
        return join(
                box("ftyp", Samples.ascii("heic"), number(4, 0), Samples.ascii("mif1heic")),
                box("uuid", text),
                meta,
                film,
                data(secret));
    }

    static byte[] number(int bytes, long number) {
        byte[] all = ByteBuffer.allocate(8).putLong(number).array();
        byte[] last = new byte[bytes];
        System.arraycopy(all, 8 - bytes, last, 0, bytes);
        return last;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
