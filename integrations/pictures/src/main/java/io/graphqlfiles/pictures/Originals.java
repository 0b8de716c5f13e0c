package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantRecipe;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Makes small pictures of large ones, in this process. */
final class Originals {

    private Originals() {}

    /**
     * A picture, decoded and scaled.
     *
     * @param maxByteSize the largest file that is read
     * @throws VariantFailedException if it is larger than that, has more pixels, or is damaged
     */
    static BufferedImage scaled(
            StoredContent original, VariantRecipe recipe, long maxPixels, int maxByteSize, Decoders.Deadline deadline)
            throws IOException {
        byte[] encoded = read(original, maxByteSize);
        int orientation = orientation(original.mimeType(), encoded);
        BufferedImage decoded = Decoders.decode(encoded, original.mimeType(), maxPixels, longestSide(recipe), deadline);
        BufferedImage upright = Canvas.upright(decoded, orientation);
        return Canvas.scaled(upright, recipe.fit(), recipe.sizeOf(upright.getWidth(), upright.getHeight()));
    }

    private static int longestSide(VariantRecipe recipe) {
        int width = recipe.width() == null ? 0 : recipe.width();
        int height = recipe.height() == null ? 0 : recipe.height();
        return Math.max(width, height);
    }

    private static byte[] read(StoredContent original, int maxByteSize) throws IOException {
        if (original.byteSize() > maxByteSize) {
            throw new VariantFailedException(
                    "the picture has " + original.byteSize() + " bytes, and " + maxByteSize + " are read", null);
        }
        try (InputStream content = original.open(ByteRange.whole())) {
            return content.readNBytes((int) original.byteSize());
        }
    }

    /** Browsers turn JPEG and PNG, and nothing else that is decoded here. */
    private static int orientation(String mimeType, byte[] encoded) {
        InputStream content = new ByteArrayInputStream(encoded);
        try {
            return switch (mimeType) {
                case "image/jpeg" -> JpegHeader.read(content).orientation();
                case "image/png", "image/apng" -> {
                    content.skipNBytes(Headers.PNG_HEADER);
                    yield PngOrientation.read(content);
                }
                default -> Orientation.UPRIGHT;
            };
        } catch (IOException e) {
            return Orientation.UPRIGHT;
        }
    }
}
