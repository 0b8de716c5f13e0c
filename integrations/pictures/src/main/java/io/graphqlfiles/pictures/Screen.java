package io.graphqlfiles.pictures;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.NodeList;

/** What an animation is shown on, and where on it its first frame is: a decoder gives the frame alone. */
record Screen(int width, int height, int left, int top) {

    /** Chunks of a WebP before its first frame are few, and none of them is long but a colour profile. */
    private static final int MOST_CHUNKS = 16;

    private static final byte ANIMATED = 0x02;

    /** Of a GIF (GIF89a, sections 18 and 20); null if it is none. */
    static @Nullable Screen ofGif(ImageReader reader) throws IOException {
        IIOMetadata stream = reader.getStreamMetadata();
        if (stream == null || !"javax_imageio_gif_stream_1.0".equals(stream.getNativeMetadataFormatName())) {
            return null;
        }
        IIOMetadataNode screen = node(stream, "LogicalScreenDescriptor");
        IIOMetadataNode frame = node(reader.getImageMetadata(0), "ImageDescriptor");
        if (screen == null || frame == null) {
            return null;
        }
        return new Screen(
                number(screen, "logicalScreenWidth"),
                number(screen, "logicalScreenHeight"),
                number(frame, "imageLeftPosition"),
                number(frame, "imageTopPosition"));
    }

    private static @Nullable IIOMetadataNode node(IIOMetadata metadata, String name) {
        IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
        NodeList found = tree.getElementsByTagName(name);
        return found.getLength() == 0 ? null : (IIOMetadataNode) found.item(0);
    }

    private static int number(IIOMetadataNode node, String attribute) {
        String value = node.getAttribute(attribute);
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    /**
     * Of an animated WebP (RFC 9649, sections 2.7 and 2.7.1.1); null if it is none.
     *
     * @param webp at least its first 30 bytes; a frame that is not among them is at the top left
     */
    static @Nullable Screen ofWebp(byte[] webp) {
        if (webp.length < 30 || !isAt(webp, 8, "WEBPVP8X") || (webp[20] & ANIMATED) == 0) {
            return null;
        }
        int width = 1 + threeBytes(webp, 24);
        int height = 1 + threeBytes(webp, 27);
        long at = 12;
        for (int i = 0; i < MOST_CHUNKS && at + 14 <= webp.length; i++) {
            if (isAt(webp, (int) at, "ANMF")) {
                return new Screen(
                        width, height, 2 * threeBytes(webp, (int) at + 8), 2 * threeBytes(webp, (int) at + 11));
            }
            long size = StrippedContent.unsigned(webp, (int) at + 4, false);
            at += 8 + size + (size & 1);
        }
        return new Screen(width, height, 0, 0);
    }

    private static boolean isAt(byte[] bytes, int offset, String ascii) {
        return new String(bytes, offset, ascii.length(), StandardCharsets.ISO_8859_1).equals(ascii);
    }

    private static int threeBytes(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) | (bytes[offset + 1] & 0xff) << 8 | (bytes[offset + 2] & 0xff) << 16;
    }

    /** @param every of how many rows and columns the frame has one */
    BufferedImage with(BufferedImage frame, int every) {
        int columns = sampled(width, every);
        int rows = sampled(height, every);
        boolean isFilled = left == 0 && top == 0 && frame.getWidth() == columns && frame.getHeight() == rows;
        if (isFilled) {
            return frame;
        }
        BufferedImage screen = empty(every);
        Graphics2D graphics = screen.createGraphics();
        try {
            graphics.drawImage(frame, Math.min(left / every, columns - 1), Math.min(top / every, rows - 1), null);
        } finally {
            graphics.dispose();
        }
        return screen;
    }

    /** With no frame on it. */
    BufferedImage empty(int every) {
        return new BufferedImage(sampled(width, every), sampled(height, every), BufferedImage.TYPE_INT_ARGB);
    }

    /** The part of its first frame that is on it; may be empty. */
    Rectangle shown(int frameWidth, int frameHeight) {
        return new Rectangle(
                Math.max(0, Math.min(frameWidth, width - left)), Math.max(0, Math.min(frameHeight, height - top)));
    }

    /** As many as a decoder takes that begins with the middle one of the first: a frame that fills it is as large. */
    private static int sampled(int count, int every) {
        return Math.max(1, (count - every / 2 + every - 1) / every);
    }
}
