package io.graphqlfiles.internal.mime;

import static io.graphqlfiles.internal.mime.Samples.hex;
import static io.graphqlfiles.internal.mime.Samples.joined;
import static io.graphqlfiles.internal.mime.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which encoding text is stored and served: what the content shows, else what is claimed and can do no harm. */
class StoredTypesTest {

    private static final byte[] LATIN_1 = "Größe;Straße\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private static String stored(byte[] content, String claimed) {
        return StoredTypes.of("text/csv", content, content.length, claimed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UTF-8        | Größe;Straße | windows-1252 | utf-8",
                "UTF-8        | 姓名,年龄 𠀀    | gbk          | utf-8",
                "US-ASCII     | a,b          | shift_jis    | utf-8",
                "UTF-16       | Größe;Straße | iso-8859-1   | utf-16",
                "UTF-16LE     | Größe;Straße | iso-8859-1   | utf-16le",
                "UTF-16BE     | a,b          | utf-8        | utf-16be",
                "windows-1252 | Größe;Straße | windows-1252 | windows-1252",
                "ISO-8859-1   | Größe;Straße | ISO-8859-1   | windows-1252",
                "windows-1252 | Größe;Straße | latin1       | windows-1252",
                "windows-1250 | Zażółć;gęślą | cp1250       | windows-1250",
                "windows-1251 | Имя;Возраст  | Windows-1251 | windows-1251",
                "KOI8-R       | Имя;Возраст  | koi8-r       | koi8-r",
                "Shift_JIS    | 名前,年齢      | Shift_JIS    | shift_jis",
                "Shift_JIS    | 名前,年齢      | CP932        | shift_jis",
                "EUC-JP       | 名前,年齢      | euc-jp       | euc-jp",
                "GBK          | 姓名,年龄      | gb2312       | gbk",
                "GB18030      | 姓名,𠀀        | gb18030      | gb18030",
                "Big5         | 姓名,年齡      | big5         | big5",
                "EUC-KR       | 이름,나이      | ks_c_5601-1987 | euc-kr",
            })
    void encoding_ofTheContent_elseOfTheClaim(String charset, String words, String claimed, String kept) {
        for (int lines : new int[] {1, 20, 20_000}) {
            byte[] content = (words + "\r\n").repeat(lines).getBytes(Charset.forName(charset));

            assertThat(stored(content, "text/csv; charset=" + claimed)).isEqualTo("text/csv;charset=" + kept);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv",
                "text/csv;",
                "text/csv; charset",
                "text/csv; charset=",
                "text/csv; charset=\"\"",
                "text/csv; charset=utf-8",
                "text/csv; charset=us-ascii",
                "text/csv; charset=utf-7",
                "text/csv; charset=unicode-1-1-utf-7",
                "text/csv; charset=utf-16",
                "text/csv; charset=utf-16le",
                "text/csv; charset=utf-32",
                "text/csv; charset=ucs-2",
                "text/csv; charset=iso-2022-jp",
                "text/csv; charset=csiso2022jp",
                "text/csv; charset=iso-2022-kr",
                "text/csv; charset=iso-2022-cn",
                "text/csv; charset=hz-gb-2312",
                "text/csv; charset=ibm037",
                "text/csv; charset=replacement",
                "text/csv; charset=x-user-defined",
                "text/csv; charset=macintosh",
                "text/csv; charset=unknown-8bit",
                "text/csv; encoding=koi8-r",
                "text/csv; charset=binary",
                "text/csv; charset=windows-1252\r\nSet-Cookie: a=b",
                "text/csv; charset=\"windows-1252\r\nSet-Cookie: a=b\"",
                "text/csv; charset=\"windows-1252",
                "text/csv; charset=windows-1252\u0000",
                "text/csv; charset=windows-1252, utf-7",
                "text/csv; charset=windows-1252; charset=utf-7",
                "text/csv; charset=ｗindows-1252",
                "; charset",
                ""
            })
    void claim_unknownUnsafeOrDisproved_countsForNothing(String claimed) {
        assertThat(stored(LATIN_1, claimed)).isEqualTo("text/csv;encoding=unknown");
        assertThat(StoredTypes.claimedCharset(claimed)).isNull();
    }

    @Test
    void claim_enormous_countsForNothing() {
        for (String more : new String[] {"x".repeat(1_000_000), " ".repeat(1_000_000), "\\\"".repeat(500_000)}) {
            assertThat(stored(LATIN_1, "text/csv; charset=windows-1252; x=\"" + more + "\""))
                    .isEqualTo("text/csv;encoding=unknown");
            assertThat(stored(LATIN_1, "text/csv; charset=" + more)).isEqualTo("text/csv;encoding=unknown");
        }
        assertThat(stored(LATIN_1, null)).isEqualTo("text/csv;encoding=unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv;charset=koi8-r",
                "TEXT/CSV ; CharSet = \"KOI8-R\" ; header=present",
                "application/octet-stream; charset=koi8-r",
                "; charset=koi8-r"
            })
    void claim_howeverItIsWritten(String claimed) {
        assertThat(stored(LATIN_1, claimed)).isEqualTo("text/csv;charset=koi8-r");
    }

    /** Stores and clients that are made in Java may refuse a media type with another. */
    @Test
    void encodings_areThoseOfJava_inWhichAsciiIsAscii() {
        String ascii = IntStream.range(0, 128).mapToObj(Character::toString).collect(Collectors.joining());

        assertThat(LegacyEncodings.names()).hasSizeGreaterThan(25).allSatisfy(name -> {
            assertThat(Charset.isSupported(name)).isTrue();
            assertThat(new String(ascii.getBytes(StandardCharsets.US_ASCII), Charset.forName(name)))
                    .isEqualTo(ascii);
        });
    }

    @Test
    void head_thatEndsWithinACharacter() {
        byte[] long1 = joined(text("x".repeat(ContentTypes.PREFIX_LENGTH - 1)), text("ß".repeat(50)));
        byte[] long2 = joined(text("x".repeat(ContentTypes.PREFIX_LENGTH - 3)), text("𠀀".repeat(50)));

        for (byte[] content : new byte[][] {long1, long2}) {
            assertThat(stored(content, null)).isEqualTo("text/csv;charset=utf-8");
            assertThat(stored(Arrays.copyOf(content, ContentTypes.PREFIX_LENGTH), null))
                    .isEqualTo("text/csv;charset=utf-8");
        }
    }

    /** What ends within a character on its own was written in another encoding. */
    @Test
    void wholeText_thatEndsWithinACharacter_isNotUtf8() {
        assertThat(stored(joined(text("caf"), hex("e9")), null)).isEqualTo("text/csv;encoding=unknown");
        assertThat(stored(joined(text("x".repeat(5000)), hex("c3")), null)).isEqualTo("text/csv;encoding=unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "eda080", "f4908080", "fe", "80", "c328", "e28228"})
    void bytes_thatNoUtf8Has(String bytes) {
        for (int before : new int[] {0, 7, 8, 1023, 1024, 5000}) {
            byte[] content = joined(text("ä".repeat(before)), hex(bytes), text(" and more"));

            assertThat(stored(content, null)).isEqualTo("text/csv;encoding=unknown");
        }
    }

    @Test
    void byteOrderMarks() {
        assertThat(stored(text("\uFEFFid,name\n"), "text/csv; charset=gbk")).isEqualTo("text/csv;charset=utf-8");
        assertThat(stored(hex("feff"), null)).isEqualTo("text/csv;charset=utf-16");
        assertThat(stored(joined(hex("fffe"), "a,b".getBytes(StandardCharsets.UTF_16LE)), null))
                .isEqualTo("text/csv;charset=utf-16");
    }

    @Test
    void nothing_isUtf8() {
        assertThat(stored(new byte[0], "text/csv; charset=gbk")).isEqualTo("text/csv;charset=utf-8");
    }

    /** As the type does: bytes that are left in the array from something else do not. */
    @Test
    void onlyTheLengthCounts() {
        byte[] content = joined(text("a,b\n"), hex("ff"));

        assertThat(StoredTypes.of("text/csv", content, 4, null)).isEqualTo("text/csv;charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/xml", "image/svg+xml", "application/sql", "image/png"})
    void otherTypes_haveNoParameter(String type) {
        assertThat(StoredTypes.of(type, LATIN_1, LATIN_1.length, type + "; charset=windows-1252"))
                .isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv;charset=windows-1252    | text/csv; charset=windows-1252",
                "text/csv; charset=\"Shift_JIS\"  | text/csv; charset=shift_jis",
                "text/csv;charset=utf-8           | text/csv; charset=utf-8",
                "text/csv;charset=utf-16          | text/csv; charset=utf-16",
                "text/csv;charset=utf-16le        | text/csv; charset=utf-16le",
                "text/csv;encoding=unknown        | text/csv",
                "text/csv;encoding=\"unknown\"    | text/csv",
                "text/csv;encoding=other          | text/csv; charset=utf-8",
                "text/csv;charset=unknown-8bit    | text/csv",
                "text/csv;charset=utf-7           | text/csv",
                "text/csv;charset=iso-2022-jp     | text/csv",
                "text/csv;header=present          | text/csv; charset=utf-8",
                "text/csv                         | text/csv; charset=utf-8",
                "application/json;charset=koi8-r  | application/json",
                "image/png                        | image/png",
                "nonsense;charset=koi8-r          | application/octet-stream",
            })
    void served(String stored, String served) {
        assertThat(StoredTypes.served(stored)).isEqualTo(served);
    }
}
