package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.MetadataStripper;
import java.io.InputStream;
import java.util.Set;

/**
 * Removes metadata from JPEG, PNG, GIF, WebP, HEIC and AVIF while they are stored: EXIF with position and camera, XMP,
 * IPTC, comments, thumbnails in EXIF, and what stands behind the picture, such as the film of a live photo. Pixels are
 * passed on as they are; orientation and colour profile stay. In a WebP, HEIC or AVIF metadata is overwritten with
 * zeros, because such a file says at its beginning where its parts are; the others become smaller. Holds at most 128
 * KiB of a file, of a HEIC or AVIF 2 MiB.
 *
 * <p>TIFF has its description anywhere, often at its end, so that it cannot be rewritten as it streams: a field that
 * strips metadata refuses it. Immutable and thread-safe.
 */
public final class PictureStripper implements MetadataStripper {

    private static final Set<String> TYPES = Set.of(
            "image/jpeg",
            "image/png",
            "image/apng",
            "image/gif",
            "image/webp",
            "image/heic",
            "image/heic-sequence",
            "image/heif",
            "image/heif-sequence",
            "image/avif");

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
            case "image/heic", "image/heic-sequence", "image/heif", "image/heif-sequence", "image/avif" ->
                new HeifStripped(content);
            default -> throw new IllegalArgumentException("mimeType: expected one of " + TYPES + ", found " + mimeType);
        };
    }

    @Override
    public String toString() {
        return "PictureStripper" + TYPES;
    }
}
