package io.graphqlfiles.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures made by the encoders of the JDK: red, green, blue and white from the top left corner on, clockwise. */
final class Samples {

    static final Color[] CORNERS = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};

    private Samples() {}

    static BufferedImage quarters(int width, int height, int type) {
        BufferedImage picture = new BufferedImage(width, height, type);
        Graphics2D graphics = picture.createGraphics();
        int[][] at = {{0, 0}, {width / 2, 0}, {width / 2, height / 2}, {0, height / 2}};
        for (int i = 0; i < 4; i++) {
            graphics.setColor(CORNERS[i]);
            graphics.fillRect(at[i][0], at[i][1], width - width / 2, height - height / 2);
        }
        graphics.dispose();
        return picture;
    }

    static byte[] jpeg(int width, int height, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(output);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.95f);
            writer.write(null, new IIOImage(quarters(width, height, BufferedImage.TYPE_INT_RGB), null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    static byte[] encoded(String format, BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, format, out)) {
            throw new IOException("no encoder for " + format);
        }
        return out.toByteArray();
    }

    static BufferedImage decoded(byte[] bytes) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    /** As a phone has it: who made it, how it is to be turned, and where it was taken. */
    static byte[] exif(int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(200);
        exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        exif.putShort((short) 3);
        entry(exif, 0x010f, 2, 12).putInt(50);
        entry(exif, 0x0112, 3, 1).putShort((short) orientation).putShort((short) 0);
        entry(exif, 0x8825, 4, 1).putInt(70);
        exif.putInt(0);
        exif.position(50).put("Spy Phones \0".getBytes(StandardCharsets.US_ASCII));
        exif.position(70).putShort((short) 2);
        entry(exif, 1, 2, 2).put(new byte[] {'N', 0, 0, 0});
        entry(exif, 2, 5, 3).putInt(120);
        exif.putInt(0);
        exif.position(120);
        for (int each : new int[] {48, 1, 51, 1, 29, 1}) {
            exif.putInt(each);
        }
        return exif.array();
    }

    private static ByteBuffer entry(ByteBuffer exif, int tag, int type, int count) {
        return exif.putShort((short) tag).putShort((short) type).putInt(count);
    }

    /** A JPEG with what phones and programs put into it, and something behind it. */
    static byte[] withMetadata(byte[] jpeg, int orientation) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        byte[] exif = exif(orientation);
        ByteBuffer app1 = ByteBuffer.allocate(6 + exif.length);
        app1.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif);
        segment(out, 0xe1, app1.array());
        segment(out, 0xe1, ascii("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET</x:xmpmeta>"));
        segment(out, 0xed, ascii("Photoshop 3.0\0SECRET"));
        segment(out, 0xfe, ascii("SECRET comment"));
        out.write(jpeg, 2, jpeg.length - 2);
        out.writeBytes(ascii("SECRET film of a live photo"));
        return out.toByteArray();
    }

    private static void segment(ByteArrayOutputStream out, int marker, byte[] payload) {
        out.write(0xff);
        out.write(marker);
        out.write((payload.length + 2) >> 8);
        out.write(payload.length + 2);
        out.writeBytes(payload);
    }

    /** A PNG with further chunks after its first. */
    static byte[] withChunks(byte[] png, String... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, 33);
        for (String chunk : chunks) {
            out.writeBytes(chunk(chunk.substring(0, 4), chunk.equals("eXIf") ? exif(6) : ascii(chunk.substring(4))));
        }
        out.write(png, 33, png.length - 33);
        return out.toByteArray();
    }

    static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
        chunk.put(ascii(type)).put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + data.length);
        return chunk.putInt((int) crc.getValue()).array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The header of a PNG of that size, and nearly nothing in it. */
    static byte[] bomb(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        out.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array()));
        out.writeBytes(chunk("IDAT", new byte[] {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1}));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }
}
