package io.graphqlfiles.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignGet;
import io.graphqlfiles.spi.SignPut;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "PT168H, PT1H, PT3H, urlValidity",
        "PT167H0.001S, PT1H, PT3H, urlValidity",
        "PT3H, PT168H, PT3H, urlValidity",
        "PT3H, PT1H, PT168H0.001S, uploadValidity"
    })
    void build_longerThanAStoreSigns_isRefused(Duration url, Duration window, Duration upload, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build(url, window, upload))
                .withMessageStartingWith(named)
                .withMessageContaining("PT168H")
                .withMessageContaining("media");
    }

    @Test
    void build_asLongAsAStoreSigns() {
        assertThatCode(() -> build(Duration.ofHours(167), Duration.ofHours(1), Duration.ofDays(7)))
                .doesNotThrowAnyException();
    }

    private static void build(Duration url, Duration window, Duration upload) {
        GraphQLFiles.newGraphQLFiles()
                .store(new InMemoryBlobStore())
                .store("media", new SignsForSevenDays())
                .secret("a-secret-for-tests-of-32-characters-or-more")
                .urlValidity(url)
                .urlWindow(window)
                .uploadValidity(upload)
                .build();
    }

    private static final class SignsForSevenDays extends ForwardingBlobStore implements DirectAccess {

        SignsForSevenDays() {
            super(new InMemoryBlobStore());
        }

        @Override
        public SignedRequest signPut(SignPut put) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SignedUrl signGet(SignGet get) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration maxValidity() {
            return Duration.ofDays(7);
        }
    }
}
