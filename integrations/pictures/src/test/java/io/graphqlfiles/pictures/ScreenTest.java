package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {

    @ParameterizedTest
    @CsvSource({"101, 3", "100, 3", "99, 3", "99, 4", "97, 7", "5, 9"})
    void frameThatFillsTheScreen_isLeftAsDecoded(int side, int every) throws IOException {
        byte[] gif = Samples.encoded("gif", Samples.quarters(side, side, BufferedImage.TYPE_INT_RGB));
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(input);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(new Rectangle(side, side));
            param.setSourceSubsampling(every, every, every / 2, every / 2);
            BufferedImage frame = reader.read(0, param);

            assertThat(new Screen(side, side, 0, 0).with(frame, every)).isSameAs(frame);
        } finally {
            reader.dispose();
        }
    }
}
