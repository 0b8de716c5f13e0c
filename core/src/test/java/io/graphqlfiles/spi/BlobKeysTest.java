package io.graphqlfiles.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobKeysTest {

    /** The form as {@link BlobStore} states it, in a language that says it at once. */
    private static final String SEGMENT = "[A-Za-z0-9_][A-Za-z0-9_-]{0,63}";

    private static final Pattern KEY = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + "){0,5}");
    private static final Pattern PREFIX = Pattern.compile("(?:" + SEGMENT + "/){0,5}");

    private static final String LONGEST = "x".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "a-", "private/Az09_-", "a/b/c/d/e"})
    void key_wellFormed(String key) {
        assertThat(BlobKeys.requireValid(key)).isSameAs(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                "-a",
                "a/-b",
                ".",
                "..",
                "a/../b",
                "a.b",
                "a b",
                "a%2fb",
                "a\\b",
                "a/b/c/d/e/f/g",
                "\u00e4",
                "\uff41",
                "\u0661",
                "a\n",
                "a\u0000"
            })
    void key_malformed(String key) {
        assertThat(BlobKeys.isValid(key)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> BlobKeys.requireValid(key));
    }

    @Test
    void segment_longest() {
        assertThat(BlobKeys.isValid("a/" + LONGEST + "/b")).isTrue();
        assertThat(BlobKeys.isValid("a/" + LONGEST + "x/b")).isFalse();
    }

    @Test
    void message_namesNoControlCharacters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlobKeys.requireValid("a\r\n\u001b[31m"))
                .withMessageContaining("\"a???[31m\"");
    }

    @Test
    void anyText_isJudgedAsTheFormSays() {
        Random random = new Random(7);
        String characters = "aZ5_-/////.\n\u00e9";
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(12); left > 0; left--) {
                // Words of the longest length and one more, too.
                text.append(
                        random.nextInt(60) == 0
                                ? LONGEST
                                : characters.charAt(random.nextInt(characters.length() - random.nextInt(6))));
            }
            String key = text.toString();
            assertThat(BlobKeys.isValid(key)).as(key).isEqualTo(KEY.matcher(key).matches());
            assertThat(isPrefix(key)).as(key).isEqualTo(PREFIX.matcher(key).matches());
        }
    }

    private static boolean isPrefix(String text) {
        try {
            return BlobKeys.requireValidPrefix(text).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
