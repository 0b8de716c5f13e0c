package io.graphqlfiles.spi.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdSpellingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7", "+7", " 7", "7 ", "07", "007", "0x7", "0X07", "#7", "7.0", "7.", "70e-1", "\u0667", "\uff17",
                "\u200b7", "7\u0000"
            })
    void numbers_areSimilarToWhatTheyAreBoundTo(String spelling) {
        assertThat(IdSpelling.isSimilar(spelling, "7")).isTrue();
        assertThat(IdSpelling.fingerprint(spelling)).isEqualTo(IdSpelling.fingerprint("7"));
    }

    @ParameterizedTest
    @CsvSource({
        "abc-1,ABC-1",
        "abc-1,'abc-1  '",
        "straße,STRASSE",
        "café,cafe",
        "İzmir,izmir",
        "Ørsted,orsted",
        "ＡＢＣ,abc",
        "e6d7a2c0-9a3e-4d55-8a4e-0c7a3d1f2b10,E6D7A2C0-9A3E-4D55-8A4E-0C7A3D1F2B10",
        "e6d7a2c0-9a3e-4d55-8a4e-0c7a3d1f2b10,e6d7a2c09a3e4d558a4e0c7a3d1f2b10",
        "e6d7a2c0-9a3e-4d55-8a4e-0c7a3d1f2b10,{e6d7a2c0-9a3e-4d55-8a4e-0c7a3d1f2b10}",
        "00000001-0001-0001-0001-000000000001,1-1-1-1-1",
        "-7,-0x7",
        "0,-0",
    })
    void spellingsOfOneId_areSimilar(String one, String other) {
        assertThat(IdSpelling.isSimilar(one, other)).isTrue();
        assertThat(IdSpelling.fingerprint(one)).isEqualTo(IdSpelling.fingerprint(other));
    }

    @ParameterizedTest
    @CsvSource({"7,70", "7,-7", "abc-1,abc-2", "abc-1,abc1", "7,'7,5'", "7,7.5", "a/b,a.b", "10,0x10"})
    void otherIds_areNotSimilar(String one, String other) {
        assertThat(IdSpelling.isSimilar(one, other)).isFalse();
        assertThat(IdSpelling.fingerprint(one)).isNotEqualTo(IdSpelling.fingerprint(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-7", "9223372036854775808", "e6d7a2c0-9a3e-4d55-8a4e-0c7a3d1f2b10"})
    void numbersAndUuidsAsTheyPrintThemselves_areCanonical(String id) {
        assertThat(IdSpelling.isCanonical(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "07",
                "+7",
                "-0",
                " 7",
                "7 ",
                "7.0",
                "7e1",
                "0x7",
                "\u0667",
                "abc",
                "a-1",
                "1-1-1-1-1",
                "E6D7A2C0-9A3E-4D55-8A4E-0C7A3D1F2B10",
                "e6d7a2c09a3e4d558a4e0c7a3d1f2b10",
                "12345678901234567890123456789012",
                "7\n"
            })
    void whatMayBeSpelledInAnotherWay_isNotCanonical(String id) {
        assertThat(IdSpelling.isCanonical(id)).isFalse();
    }

    @Test
    void longIds_areNoWorkWorthMentioning() {
        assertThat(IdSpelling.fingerprint("9".repeat(10_000))).hasSize(32);
        assertThat(IdSpelling.fingerprint("1e99")).hasSize(32);
        assertThat(IdSpelling.fingerprint("")).hasSize(32);
    }
}
