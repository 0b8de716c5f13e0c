package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.MetadataStripper;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.testkit.FileAnalyzerContract;
import io.graphqlfiles.testkit.MetadataStripperContract;
import io.graphqlfiles.testkit.VariantMakerContract;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of the SPI, kept by what is here. */
class ContractsTest {

    private static byte[] jpeg() {
        try {
            return Samples.withMetadata(Samples.jpeg(60, 40, false), 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] png(String secret) {
        try {
            return Samples.withChunks(
                    Samples.encoded("png", Samples.quarters(60, 40, BufferedImage.TYPE_INT_RGB)), "tEXt" + secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class AnalyzerOfJpegTest extends FileAnalyzerContract {

        @Override
        protected FileAnalyzer createAnalyzer() {
            return PictureAnalyzer.create();
        }

        @Override
        protected String mimeType() {
            return "image/jpeg";
        }

        @Override
        protected byte[] sample() {
            return jpeg();
        }

        @Override
        protected FileFacts expected() {
            return FileFacts.none().withSize(40, 60);
        }
    }

    @Nested
    class AnalyzerOfPngTest extends FileAnalyzerContract {

        @Override
        protected FileAnalyzer createAnalyzer() {
            return PictureAnalyzer.create();
        }

        @Override
        protected String mimeType() {
            return "image/png";
        }

        @Override
        protected byte[] sample() {
            return png("");
        }

        @Override
        protected FileFacts expected() {
            return FileFacts.none().withSize(60, 40);
        }
    }

    @Nested
    class AnalyzerOfPdfTest extends FileAnalyzerContract {

        @Override
        protected FileAnalyzer createAnalyzer() {
            return PictureAnalyzer.create();
        }

        @Override
        protected String mimeType() {
            return "application/pdf";
        }

        @Override
        protected byte[] sample() {
            PdfWriter pdf = PdfWriter.document(3).filler(200_000);
            int position = pdf.position();
            return pdf.table("/Root 1 0 R").end(position);
        }

        @Override
        protected FileFacts expected() {
            return FileFacts.none().withPages(3);
        }
    }

    @Nested
    class StripperOfJpegTest extends MetadataStripperContract {

        @Override
        protected MetadataStripper createStripper() {
            return PictureStripper.create();
        }

        @Override
        protected String mimeType() {
            return "image/jpeg";
        }

        @Override
        protected byte[] sampleWith(String secret) {
            byte[] jpeg = jpeg();
            byte[] sample = new byte[jpeg.length + secret.length() + 4];
            System.arraycopy(jpeg, 0, sample, 0, 2);
            sample[2] = (byte) 0xff;
            sample[3] = (byte) 0xfe;
            sample[5] = (byte) (secret.length() + 2);
            System.arraycopy(Samples.ascii(secret), 0, sample, 6, secret.length());
            System.arraycopy(jpeg, 2, sample, secret.length() + 6, jpeg.length - 2);
            // What is behind the picture is not read, so that a failure there is nobody's.
            int end = jpeg.length - "SECRET film of a live photo".length() + secret.length() + 4;
            return java.util.Arrays.copyOf(sample, end);
        }
    }

    @Nested
    class StripperOfPngTest extends MetadataStripperContract {

        @Override
        protected MetadataStripper createStripper() {
            return PictureStripper.create();
        }

        @Override
        protected String mimeType() {
            return "image/png";
        }

        @Override
        protected byte[] sampleWith(String secret) {
            return png(secret);
        }
    }

    @Nested
    class StripperOfHeicTest extends MetadataStripperContract {

        @Override
        protected MetadataStripper createStripper() {
            return PictureStripper.create();
        }

        @Override
        protected String mimeType() {
            return "image/heic";
        }

        @Override
        protected byte[] sampleWith(String secret) {
            return HeifBoxes.talkative(secret);
        }
    }

    @Nested
    class InProcessTest extends VariantMakerContract {

        @Override
        protected VariantMaker createMaker() {
            return InProcessVariants.create();
        }

        @Override
        protected String mimeType() {
            return "image/jpeg";
        }

        @Override
        protected byte[] original() {
            return jpeg();
        }
    }

    @Nested
    class CommandTest extends VariantMakerContract {

        @TempDir
        private Path temporary;

        @BeforeEach
        void needVips() {
            assumeTrue(Commands.isThere("vipsthumbnail"));
        }

        @Override
        protected VariantMaker createMaker() {
            return CommandVariants.newCommandVariants()
                    .temporaryDirectory(temporary)
                    .build();
        }

        @Override
        protected String mimeType() {
            return "image/jpeg";
        }

        @Override
        protected byte[] original() {
            return jpeg();
        }

        @Override
        protected void assertNothingIsLeft() {
            try (Stream<Path> left = Files.list(temporary)) {
                assertThat(left).isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
