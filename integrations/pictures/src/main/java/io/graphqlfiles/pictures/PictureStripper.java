package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.MetadataStripper;
import java.io.InputStream;
import java.util.Set;

/**
 * Removes metadata from JPEG, PNG, GIF and WebP while they are stored: EXIF with position and camera, XMP, IPTC,
 * comments, embedded thumbnails, and what stands behind the picture, such as the film of a live photo. Pixels are
 * passed on as they are; orientation and colour profile stay. Holds at most 128 KiB of a file. In a WebP metadata is
 * overwritten with zeros, because the size of such a file is at its beginning; the others become smaller.
 *
 * <p>HEIC, AVIF and TIFF address their parts by offsets, and cannot be rewritten as they stream: a field that strips
 * metadata refuses them. Immutable and thread-safe.
 */
public final class PictureStripper implements MetadataStripper {

    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png", "image/apng", "image/gif", "image/webp");

    private PictureStripper() {}

    /** The stripper. */
    public static PictureStripper create() {
        return new PictureStripper();
    }

    @Override
    public Set<String> mimeTypes() {
        return TYPES;
    }

    @Override
    public InputStream strip(String mimeType, InputStream content) {
        return switch (mimeType) {
            case "image/jpeg" -> new JpegStripped(content);
            case "image/png", "image/apng" -> new PngStripped(content);
            case "image/gif" -> new GifStripped(content);
            case "image/webp" -> new WebpStripped(content);
            default -> throw new IllegalArgumentException("mimeType: expected one of " + TYPES + ", found " + mimeType);
        };
    }

    @Override
    public String toString() {
        return "PictureStripper" + TYPES;
    }
}
