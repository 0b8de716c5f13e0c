package io.graphqlfiles.storage.gcs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who runs the tests against a bucket of their own learns at once which variable is missing. */
class GcsFixtureTest {

    private static final Map<String, String> ALL = Map.of(
            "GCS_ENDPOINT", "https://storage.googleapis.com",
            "GCS_SERVICE_ACCOUNT_JSON", "{}",
            "GCS_HMAC_ACCESS_ID", "id",
            "GCS_HMAC_SECRET", "secret");

    @ParameterizedTest
    @ValueSource(strings = {"GCS_SERVICE_ACCOUNT_JSON", "GCS_HMAC_ACCESS_ID", "GCS_HMAC_SECRET"})
    void account_variableMissing_saysWhich(String missing) {
        Map<String, String> environment = new HashMap<>(ALL);
        environment.remove(missing);

        assertMissing(environment, missing);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void account_variableBlank_saysWhich(String blank) {
        Map<String, String> environment = new HashMap<>(ALL);
        environment.put("GCS_HMAC_SECRET", blank);

        assertMissing(environment, "GCS_HMAC_SECRET");
    }

    private static void assertMissing(Map<String, String> environment, String variable) {
        assertThatThrownBy(() -> GcsFixture.account(environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("GCS_ENDPOINT is set, and " + variable
                        + " is not: see \"run the store's own tests\" in docs/gcs.md");
    }
}
