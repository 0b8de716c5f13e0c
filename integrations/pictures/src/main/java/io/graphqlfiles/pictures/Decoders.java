package io.graphqlfiles.pictures;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.graphqlfiles.spi.media.VariantFailedException;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decoders in this process: of the JDK and of TwelveMonkeys, all of them in Java or in the JDK. Nothing is decoded
 * before the number of its pixels is known to be small enough, and nothing larger than needed is kept: rows are left
 * out while they are read.
 */
final class Decoders {

    static final long DEFAULT_MAX_PIXELS = 50_000_000;

    /**
     * Decoders hold rows as they are in the file, at up to 8 bytes for each pixel, and no column is left out of one.
     */
    private static final int MAX_SIDE = 1 << 18;

    private static final int BMP_WITH_COMPRESSION = 40;
    private static final int BMP_OF_JPEG = 4;
    private static final int BMP_OF_PNG = 5;

    /** What they decode. */
    static final Set<String> TYPES =
            Set.of("image/jpeg", "image/png", "image/apng", "image/gif", "image/webp", "image/bmp");

    static {
        // By name and not by a search of the class path, which depends on who comes first with which class loader.
        IIORegistry registry = IIORegistry.getDefaultInstance();
        if (registry.getServiceProviderByClass(WebPImageReaderSpi.class) == null) {
            registry.registerServiceProvider(new WebPImageReaderSpi());
        }
        if (registry.getServiceProviderByClass(JPEGImageReaderSpi.class) == null) {
            registry.registerServiceProvider(new JPEGImageReaderSpi());
        }
    }

    private Decoders() {}

    /** Whether to go on. */
    @FunctionalInterface
    interface Deadline {
        boolean isOver();
    }

    static long requirePixels(long maxPixels) {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("maxPixels: expected 1 or more, found " + maxPixels);
        }
        return maxPixels;
    }

    /** The size of a WebP, from its first bytes; null if it is none. */
    static Headers.@Nullable Header webpHeader(byte[] head) {
        Screen screen = Screen.ofWebp(head);
        if (screen != null) {
            return new Headers.Header(screen.width(), screen.height(), false);
        }
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (ImageInputStream input = new ByteArrayImageInputStream(head)) {
            reader.setInput(input, true, true);
            return new Headers.Header(reader.getWidth(0), reader.getHeight(0), false);
        } catch (IOException | RuntimeException e) {
            return null;
        } finally {
            reader.dispose();
        }
    }

    /**
     * Decodes the first picture of a file.
     *
     * @param mimeType one of {@link #TYPES}
     * @param least the result has at least this many pixels on each side, if the picture has; rows and columns are left
     *     out as long as it has twice as many
     * @throws VariantFailedException if it has more pixels than that, or is damaged
     * @throws IOException if the deadline is over
     */
    static BufferedImage decode(byte[] encoded, String mimeType, long maxPixels, int least, Deadline deadline)
            throws IOException {
        String type = mimeType.equals("image/apng") ? "image/png" : mimeType;
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(type);
        if (!readers.hasNext()) {
            throw new VariantFailedException("there is no decoder for " + type, null);
        }
        ImageReader reader = readers.next();
        byte[] read = type.equals("image/gif") ? GifFrame.first(encoded) : encoded;
        int scans = type.equals("image/jpeg") ? JpegScans.requireFew(encoded) : encoded.length;
        Screen webp = type.equals("image/webp") ? Screen.ofWebp(encoded) : null;
        try (ImageInputStream input = new WatchedInput(read, scans, deadline)) {
            reader.setInput(input, true, true);
            if (type.equals("image/webp")) {
                requireFew(reader.getWidth(0), reader.getHeight(0), maxPixels);
                WebpFrame.requireSound(encoded, reader.getWidth(0), reader.getHeight(0), maxPixels, deadline);
            } else if (type.equals("image/bmp")) {
                requireNoPictureWithin(encoded);
            }
            return decode(reader, webp, maxPixels, least, deadline);
        } catch (VariantFailedException e) {
            throw e;
        } catch (IOException e) {
            if (deadline.isOver()) {
                throw e;
            }
            // There is only memory below: it is the picture that ends or is wrong.
            throw new VariantFailedException("the picture is damaged", e);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            if (deadline.isOver()) {
                throw timeIsOver(e);
            }
            // Decoders fail in every way on content that was made for it.
            throw new VariantFailedException("the picture cannot be decoded", e);
        } finally {
            reader.dispose();
        }
    }

    private static IOException timeIsOver(@Nullable Throwable cause) {
        return new IOException("the time for decoding is over", cause);
    }

    private static BufferedImage decode(
            ImageReader reader, @Nullable Screen webp, long maxPixels, int least, Deadline deadline)
            throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        requireFew(width, height, maxPixels);
        Screen screen = webp == null ? Screen.ofGif(reader) : webp;
        Rectangle shown = new Rectangle(width, height);
        int side = Math.min(width, height);
        if (screen != null) {
            requireFew(screen.width(), screen.height(), maxPixels);
            shown = screen.shown(width, height);
            side = Math.min(screen.width(), screen.height());
        }
        int every = Math.max(1, side / Math.max(1, least) / 2);
        if (screen != null && shown.isEmpty()) {
            return screen.empty(every);
        }
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceRegion(shown);
        // A frame may be smaller than that: its last row and column are the least that is kept.
        param.setSourceSubsampling(
                every, every, Math.min(every / 2, shown.width - 1), Math.min(every / 2, shown.height - 1));
        Abort abort = new Abort(deadline);
        reader.addIIOReadProgressListener(abort);
        BufferedImage picture = reader.read(0, param);
        if (abort.isAborted() || deadline.isOver()) {
            throw timeIsOver(null);
        }
        return screen == null ? picture : screen.with(picture, every);
    }

    /** A JPEG or PNG in a BMP, as printers have it: the decoder would begin anew, with nothing of what holds here. */
    private static void requireNoPictureWithin(byte[] bmp) throws VariantFailedException {
        if (bmp.length < 34 || StrippedContent.unsigned(bmp, 14, false) < BMP_WITH_COMPRESSION) {
            return;
        }
        long compression = StrippedContent.unsigned(bmp, 30, false);
        if (compression == BMP_OF_JPEG || compression == BMP_OF_PNG) {
            throw new VariantFailedException("a picture in a BMP is not decoded", null);
        }
    }

    static void requireFew(int width, int height, long maxPixels) throws VariantFailedException {
        if (Math.max(width, height) > MAX_SIDE) {
            throw new VariantFailedException(
                    "the picture has " + width + " x " + height + " pixels, and " + MAX_SIDE + " a side are decoded",
                    null);
        }
        if ((long) width * height > maxPixels) {
            throw new VariantFailedException(
                    "the picture has " + width + " x " + height + " pixels, and " + maxPixels + " are decoded", null);
        }
    }
}
