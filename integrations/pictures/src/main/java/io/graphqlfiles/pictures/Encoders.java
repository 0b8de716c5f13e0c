package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.VariantRecipe.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Encoders in this process: JPEG and PNG of the JDK, and others that the application has added to it. */
final class Encoders {

    private static final int DEFAULT_QUALITY = 82;

    private Encoders() {}

    static boolean exists(Format format) {
        return ImageIO.getImageWritersByMIMEType(format.mimeType()).hasNext();
    }

    /** @param quality 1 to 100; null for the default */
    static byte[] encode(BufferedImage picture, Format format, @Nullable Integer quality) throws IOException {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByMIMEType(format.mimeType());
        if (!writers.hasNext()) {
            throw new IOException("there is no encoder for " + format);
        }
        ImageWriter writer = writers.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format != Format.PNG && param.canWriteCompressed()) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                if (param.getCompressionType() == null && param.getCompressionTypes() != null) {
                    param.setCompressionType(param.getCompressionTypes()[0]);
                }
                param.setCompressionQuality((quality == null ? DEFAULT_QUALITY : quality) / 100f);
            }
            BufferedImage encoded = format == Format.JPEG ? Canvas.opaque(picture) : picture;
            writer.write(null, new IIOImage(encoded, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
