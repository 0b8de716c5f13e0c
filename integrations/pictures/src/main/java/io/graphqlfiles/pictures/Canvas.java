package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.VariantRecipe;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import net.coobird.thumbnailator.Thumbnails;

/** What is done to pixels: turned upright, brought to sRGB, cut and scaled. */
final class Canvas {

    private Canvas() {}

    /**
     * The picture in sRGB with 8 bits a channel, as it is shown.
     *
     * @param orientation as EXIF has it
     */
    static BufferedImage upright(BufferedImage picture, int orientation) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        boolean turned = Orientation.isOnItsSide(orientation);
        BufferedImage upright = new BufferedImage(
                turned ? height : width,
                turned ? width : height,
                picture.getColorModel().getTransparency() == Transparency.OPAQUE
                        ? BufferedImage.TYPE_INT_RGB
                        : BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = upright.createGraphics();
        try {
            graphics.drawImage(picture, transform(orientation, width, height), null);
        } finally {
            graphics.dispose();
        }
        return upright;
    }

    /** Where the pixels of a stored picture go (CIPA DC-008, figure 6). */
    private static AffineTransform transform(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }

    /** Cut to the aspect ratio where the recipe covers, and scaled to the size. */
    static BufferedImage scaled(BufferedImage picture, VariantRecipe.Fit fit, VariantRecipe.Size size)
            throws IOException {
        BufferedImage cut = fit == VariantRecipe.Fit.COVER ? cut(picture, size) : picture;
        if (cut.getWidth() == size.width() && cut.getHeight() == size.height()) {
            return cut;
        }
        return Thumbnails.of(cut)
                .forceSize(size.width(), size.height())
                .imageType(picture.getType())
                .asBufferedImage();
    }

    private static BufferedImage cut(BufferedImage picture, VariantRecipe.Size size) {
        double scale =
                Math.min((double) picture.getWidth() / size.width(), (double) picture.getHeight() / size.height());
        int width = (int) Math.max(1, Math.min(picture.getWidth(), Math.round(size.width() * scale)));
        int height = (int) Math.max(1, Math.min(picture.getHeight(), Math.round(size.height() * scale)));
        return picture.getSubimage((picture.getWidth() - width) / 2, (picture.getHeight() - height) / 2, width, height);
    }

    /** On white, for formats without transparency. */
    static BufferedImage opaque(BufferedImage picture) {
        if (picture.getType() == BufferedImage.TYPE_INT_RGB) {
            return picture;
        }
        BufferedImage opaque = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = opaque.createGraphics();
        try {
            graphics.drawImage(picture, 0, 0, Color.WHITE, null);
        } finally {
            graphics.dispose();
        }
        return opaque;
    }
}
