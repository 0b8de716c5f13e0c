package io.graphqlfiles.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.MalformedContentException;
import io.graphqlfiles.spi.media.MetadataStripper;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contracts of those that read pictures must find each of the mistakes that they were written against. */
class MediaContractsTest {

    private static final String TYPE = "image/x-text";

    private static volatile Mistake mistake = Mistake.NONE;

    enum Mistake {
        NONE,
        ANALYZES_EVERYTHING,
        CHANGES_THE_HEAD,
        LEAVES_STREAMS_OPEN,
        TAKES_A_FAILING_STORE_FOR_NO_FACTS,
        GUESSES,
        KEEPS_METADATA,
        CLOSES_THE_CONTENT,
        WRAPS_FAILURES,
        READS_SHORT,
        MAKES_EVERYTHING,
        TAKES_A_FAILING_STORE_FOR_DAMAGE,
        TAKES_TOO_LITTLE_TIME_FOR_DAMAGE,
        MAKES_SOMETHING_OF_GARBAGE
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(Analyzer.class, Mistake.NONE, null),
                arguments(Stripper.class, Mistake.NONE, null),
                arguments(Maker.class, Mistake.NONE, null),
                arguments(Analyzer.class, Mistake.ANALYZES_EVERYTHING, "analyzes_itsType"),
                arguments(Analyzer.class, Mistake.CHANGES_THE_HEAD, "facts_ofAStoredFile"),
                arguments(Analyzer.class, Mistake.LEAVES_STREAMS_OPEN, "facts_ofAStoredFile"),
                arguments(Analyzer.class, Mistake.TAKES_A_FAILING_STORE_FOR_NO_FACTS, "storeThatFails_isNoDamagedFile"),
                arguments(Analyzer.class, Mistake.GUESSES, "truncated_tellsNothingElse"),
                arguments(Stripper.class, Mistake.KEEPS_METADATA, "metadata_isGone"),
                arguments(Stripper.class, Mistake.CLOSES_THE_CONTENT, "content_isNotClosed"),
                arguments(Stripper.class, Mistake.WRAPS_FAILURES, "failureOfTheContent_isPassedOnAsItIs"),
                arguments(Stripper.class, Mistake.READS_SHORT, "byteByByte_isTheSame"),
                arguments(Maker.class, Mistake.MAKES_EVERYTHING, "otherTypes_areNotMade"),
                arguments(Maker.class, Mistake.LEAVES_STREAMS_OPEN, "variant_isMade"),
                arguments(Maker.class, Mistake.TAKES_A_FAILING_STORE_FOR_DAMAGE, "storeThatFails_isNoDamagedOriginal"),
                arguments(Maker.class, Mistake.TAKES_TOO_LITTLE_TIME_FOR_DAMAGE, "timeThatIsOver_isNoDamagedOriginal"),
                arguments(Maker.class, Mistake.MAKES_SOMETHING_OF_GARBAGE, "garbage_failsForGood"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_isFound(Class<?> contract, Mistake made, @Nullable String test) {
        mistake = made;
        List<String> failed = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .map(Event::getTestDescriptor)
                .map(each -> each.getDisplayName().replace("()", ""))
                .toList();

        if (test == null) {
            assertThat(failed).isEmpty();
        } else {
            assertThat(failed).contains(test);
        }
    }

    private static byte[] read(StoredContent content) throws IOException {
        InputStream in = content.open(ByteRange.whole());
        try {
            return in.readAllBytes();
        } finally {
            if (mistake != Mistake.LEAVES_STREAMS_OPEN) {
                in.close();
            }
        }
    }

    /** A "picture" is {@code PIC} and one digit, its width and height. */
    private static FileFacts facts(byte[] bytes) {
        boolean isPicture = bytes.length == 4 && new String(bytes, US_ASCII).startsWith("PIC");
        if (isPicture) {
            return FileFacts.none().withSize(bytes[3] - '0', bytes[3] - '0');
        }
        return mistake == Mistake.GUESSES && bytes.length > 1 && bytes.length < 10
                ? FileFacts.none().withSize(1, 1)
                : FileFacts.none();
    }

    /** Not found by the build's own search for tests, as it is nested and static. */
    static class Analyzer extends FileAnalyzerContract {

        @Override
        protected FileAnalyzer createAnalyzer() {
            return new FileAnalyzer() {
                @Override
                public boolean analyzes(String mimeType) {
                    return mistake == Mistake.ANALYZES_EVERYTHING || mimeType.equals(TYPE);
                }

                @Override
                public Analysis analyzeHead(String mimeType, byte[] head) {
                    if (mistake == Mistake.CHANGES_THE_HEAD && head.length > 0) {
                        head[0]++;
                    }
                    return new Analysis(FileFacts.none(), false);
                }

                @Override
                public FileFacts analyze(StoredContent content, FileFacts found) throws IOException {
                    try {
                        return facts(read(content));
                    } catch (BlobStoreException e) {
                        if (mistake == Mistake.TAKES_A_FAILING_STORE_FOR_NO_FACTS) {
                            return found;
                        }
                        throw e;
                    }
                }
            };
        }

        @Override
        protected String mimeType() {
            return TYPE;
        }

        @Override
        protected byte[] sample() {
            return "PIC7".getBytes(US_ASCII);
        }

        @Override
        protected FileFacts expected() {
            return FileFacts.none().withSize(7, 7);
        }
    }

    /** A "picture" is {@code PIC}, metadata in angle brackets, and {@code END}. */
    static class Stripper extends MetadataStripperContract {

        @Override
        protected MetadataStripper createStripper() {
            return new MetadataStripper() {
                @Override
                public Set<String> mimeTypes() {
                    return Set.of(TYPE);
                }

                @Override
                public InputStream strip(String mimeType, InputStream content) {
                    return new Text(content);
                }
            };
        }

        @Override
        protected String mimeType() {
            return TYPE;
        }

        @Override
        protected byte[] sampleWith(String secret) {
            return ("PIC<" + secret + ">END").getBytes(US_ASCII);
        }

        private static final class Text extends FilterInputStream {

            private @Nullable InputStream stripped;

            Text(InputStream content) {
                super(content);
            }

            private InputStream stripped() throws IOException {
                if (stripped == null) {
                    String text = new String(content(), US_ASCII);
                    if (!text.endsWith("END")) {
                        throw new MalformedContentException("it breaks off");
                    }
                    String kept = mistake == Mistake.KEEPS_METADATA ? text : text.replaceAll("<.*>", "");
                    stripped = new ByteArrayInputStream(kept.getBytes(US_ASCII));
                }
                return requireNonNull(stripped);
            }

            private byte[] content() throws IOException {
                if (mistake == Mistake.READS_SHORT) {
                    byte[] bytes = new byte[100];
                    return Arrays.copyOf(bytes, Math.max(0, in.read(bytes, 0, bytes.length)));
                }
                try {
                    return in.readAllBytes();
                } catch (IOException e) {
                    throw mistake == Mistake.WRAPS_FAILURES ? new IOException(e) : e;
                }
            }

            @Override
            public int read() throws IOException {
                return stripped().read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return stripped().read(buffer, offset, length);
            }

            @Override
            public void close() throws IOException {
                if (mistake == Mistake.CLOSES_THE_CONTENT) {
                    in.close();
                }
            }
        }
    }

    /** Takes the same pictures as the analyzer. */
    static class Maker extends VariantMakerContract {

        @Override
        protected VariantMaker createMaker() {
            return new VariantMaker() {
                @Override
                public boolean makes(String mimeType, VariantRecipe recipe, VariantRecipe.Format format) {
                    return mistake == Mistake.MAKES_EVERYTHING || mimeType.equals(TYPE);
                }

                @Override
                public InputStream make(
                        StoredContent original, VariantRecipe recipe, VariantRecipe.Format format, Duration limit)
                        throws IOException {
                    if (limit.toMillis() == 0) {
                        throw mistake == Mistake.TAKES_TOO_LITTLE_TIME_FOR_DAMAGE
                                ? new VariantFailedException("too late", null)
                                : new IOException("too late");
                    }
                    return new ByteArrayInputStream(made(original));
                }
            };
        }

        private static byte[] made(StoredContent original) throws IOException {
            byte[] bytes;
            try {
                bytes = read(original);
            } catch (IOException e) {
                throw mistake == Mistake.TAKES_A_FAILING_STORE_FOR_DAMAGE
                        ? new VariantFailedException("damaged", e)
                        : e;
            }
            boolean isPicture = new String(bytes, US_ASCII).startsWith("PIC");
            if (!isPicture && mistake != Mistake.MAKES_SOMETHING_OF_GARBAGE) {
                throw new VariantFailedException("no picture", null);
            }
            return bytes;
        }

        @Override
        protected String mimeType() {
            return TYPE;
        }

        @Override
        protected byte[] original() {
            return "PIC of more than five bytes".getBytes(US_ASCII);
        }
    }
}
