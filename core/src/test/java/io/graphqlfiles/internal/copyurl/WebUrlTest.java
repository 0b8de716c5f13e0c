package io.graphqlfiles.internal.copyurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "http://example.com http://example.com/",
                "HTTPS://EXAMPLE.COM/A?B#c https://example.com/A?B",
                "https://example.com:443/ https://example.com/",
                "http://example.com:443/ http://example.com:443/",
                "http://example.com:/a http://example.com/a",
                "http://example.com?a=b http://example.com/?a=b",
                "http://example.com/? http://example.com/?",
                "http://a/b[2].png http://a/b%5B2%5D.png",
                "http://a/?b[]=1&c[d]=2 http://a/?b%5B%5D=1&c%5Bd%5D=2",
                "http://a/b|c^d`{e}\"<f> http://a/b%7Cc%5Ed%60%7Be%7D%22%3Cf%3E",
                "http://a/100%.txt http://a/100%25.txt",
                "http://a/%zz%4 http://a/%25zz%254",
                "http://a/%41%2f%e4 http://a/%41%2f%e4",
                "http://a/?q=50%&r=%20 http://a/?q=50%25&r=%20",
                "http://a/grün/日本.png http://a/gr%C3%BCn/%E6%97%A5%E6%9C%AC.png",
                "http://a/?q=ü http://a/?q=%C3%BC",
                "http://a/b/./c/../d http://a/b/d",
                "http://a/../../b http://a/b",
                "http://a/b/%2e%2E/c/%2e http://a/c/",
                "http://a/b/.. http://a/",
                "http://a/b//c http://a/b//c",
                "http://a/b;c=1,2:@!$&'()*+ http://a/b;c=1,2:@!$&'()*+",
                "http://a\\b\\c?d\\e http://a/b/c?d%5Ce",
                "http:\\\\a\\b http://a/b",
                "http://good.test\\@evil.test/ http://good.test/@evil.test/",
                "http://under_score.test/ http://under_score.test/",
                "http://a-.test/ http://a-.test/",
                "http://bücher.example/ http://xn--bcher-kva.example/",
                "http://BÜCHER.example/ http://xn--bcher-kva.example/",
                "http://bu\u0308cher.example/ http://xn--bcher-kva.example/",
                "http://straße.example/ http://xn--strae-oqa.example/",
                "http://ΣΊΣΥΦΟΣ.example/ http://xn--kxa6akbbkh.example/",
                "http://例え.テスト/ http://xn--r8jz45g.xn--zckzah/",
                "http://例え。テスト/ http://xn--r8jz45g.xn--zckzah/",
                "http://президент.рф/ http://xn--d1abbgf6aiiy.xn--p1ai/",
                "http://☃.net/ http://xn--n3h.net/",
                "http://xn--bcher-kva.example/ http://xn--bcher-kva.example/",
                "http://so\u00adft.example/ http://soft.example/",
                "http://127.0.0.1:8080/ http://127.0.0.1:8080/",
                "http://１２７.０.０.１/ http://127.0.0.1/",
                "http://①②⑦.0.0.1/ http://127.0.0.1/",
                "http://[::1]:80/ http://[::1]/",
                "http://[2001:DB8::A]/ http://[2001:db8::a]/",
                "http://[::ffff:127.0.0.1]/ http://[::ffff:127.0.0.1]/",
                "http://example.com./ http://example.com./",
            })
    void parse(String text, String expected) {
        assertThat(WebUrl.parse(text)).hasToString(expected);
        assertThat(WebUrl.parse(text).toUri().toASCIIString()).isEqualTo(expected);
        assertThat(WebUrl.parse(expected)).as("again").hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" http://a/b ", "\n\t http://a/b\r\n", "http://a/\r\nb", "ht\ntp://\ta/b", "\u0000http://a/b"})
    void parse_blanksAroundAndLineEnds(String text) {
        assertThat(WebUrl.parse(text)).hasToString("http://a/b");
    }

    @Test
    void parse_blanksInside() {
        assertThat(WebUrl.parse("http://a/b c?d e#f g")).hasToString("http://a/b%20c?d%20e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "example.com/a",
                "//example.com/a",
                "/a",
                "?a",
                "http",
                "http:",
                "http:/a",
                "http:a",
                "http://",
                "http:///a",
                "http://?a",
                "http://:80/",
                "http://./",
                "http://../",
                "http://a..b/",
                "http://.a/",
                "http://a:b/",
                "http://a:0/",
                "http://a:65536/",
                "http://a:99999999999/",
                "http://a:-1/",
                "http://a:8 0/",
                "http://a:80:80/",
                "http://a b/",
                "http://a%20b/",
                "http://%31%32%37.0.0.1/",
                "http://a\u0000b/",
                "http://a<b/",
                "http://a,b/",
                "http://a*/",
                "http://\u2100.test/",
                "http://a\uff0fb/",
                "http://a\uff20b/",
                "http://a\uff1a80/",
                "http://a\u3000b/",
                "http://user@a/",
                "http://user:password@a/",
                "http://@a/",
                "http://a@b@c/",
                "http://[::1/",
                "http://::1/",
                "http://[]/",
                "http://[::1]a/",
                "http://[::g]/",
                "http://[::1%25eth0]/",
                "http://[1:2]/",
                "http://[127.0.0.1]/",
                "http://[v1.a]/",
                "http://127.1/",
                "http://1/",
                "http://2130706433/",
                "http://0x7f.0.0.1/",
                "http://0x7f000001/",
                "http://127.0.0.0x1/",
                "http://0177.0.0.1/",
                "http://127.0.0.01/",
                "http://127.0.0.1./",
                "http://256.0.0.1/",
                "http://1.2.3.4.5/",
                "http://a.1/",
                "http://１２７.１/",
                "http://0ｘ7f.1/",
                "ftp://a/",
                "file:///etc/passwd",
                "gopher://a/",
                "jar:http://a!/b",
                "javascript:alert(1)",
                "data:text/plain,a",
                "http+unix://a/",
                "view-source:http://a/",
            })
    void parse_notHttpOrNotAHost(String text) {
        assertThatThrownBy(() -> WebUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a URL");
    }

    @Test
    void parse_lengths() {
        String longest = "http://a/" + "b".repeat(WebUrl.MAX_LENGTH - 9);

        assertThat(WebUrl.parse(longest)).hasToString(longest);
        assertThatThrownBy(() -> WebUrl.parse(longest + "b")).hasMessage("expected a URL of at most 8192 characters");
        assertThatThrownBy(() -> WebUrl.parse("http://a/" + "ü".repeat(2000)))
                .hasMessage("expected a URL of at most 8192 characters");
        assertThat(WebUrl.parse("http://" + "a".repeat(63) + ".test/")).isNotNull();
        assertThatThrownBy(() -> WebUrl.parse("http://" + "a".repeat(64) + ".test/"))
                .hasMessage("expected a URL with a shorter host name");
        assertThatThrownBy(() -> WebUrl.parse("http://" + "ü".repeat(64) + ".test/"))
                .hasMessage("expected a URL with a shorter host name");
        assertThatThrownBy(() -> WebUrl.parse("http://" + "a.".repeat(200) + "test/"))
                .hasMessage("expected a URL with a shorter host name");
    }

    /** RFC 3986, sections 5.4.1 and 5.4.2, where browsers agree. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "g            | http://a/b/c/g",
                "./g          | http://a/b/c/g",
                "g/           | http://a/b/c/g/",
                "/g           | http://a/g",
                "//g          | http://g/",
                "?y           | http://a/b/c/d;p?y",
                "g?y          | http://a/b/c/g?y",
                "#s           | http://a/b/c/d;p?q",
                "g#s          | http://a/b/c/g",
                "g?y#s        | http://a/b/c/g?y",
                ";x           | http://a/b/c/;x",
                "g;x          | http://a/b/c/g;x",
                "''           | http://a/b/c/d;p?q",
                ".            | http://a/b/c/",
                "./           | http://a/b/c/",
                "..           | http://a/b/",
                "../          | http://a/b/",
                "../g         | http://a/b/g",
                "../..        | http://a/",
                "../../       | http://a/",
                "../../g      | http://a/g",
                "../../../g   | http://a/g",
                "../../../../g| http://a/g",
                "/./g         | http://a/g",
                "/../g        | http://a/g",
                "g.           | http://a/b/c/g.",
                ".g           | http://a/b/c/.g",
                "g..          | http://a/b/c/g..",
                "./../g       | http://a/b/g",
                "./g/.        | http://a/b/c/g/",
                "g/../h       | http://a/b/c/h",
                "g;x=1/../y   | http://a/b/c/y",
                "g?y/../x     | http://a/b/c/g?y/../x",
                "\\\\g\\h     | http://g/h",
                "/\\g/h       | http://g/h",
                "?page=2      | http://a/b/c/d;p?page=2",
                "g h?i|http://a/b/c/g%20h?i",
                "https://g/ü  | https://g/%C3%BC",
            })
    void resolve(String reference, String expected) {
        assertThat(WebUrl.parse("http://a/b/c/d;p?q").resolve(reference)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:g", "http:127.0.0.1", "g:h", "//", "///g", "//user@g/", "//127.1/", "ftp://g/"})
    void resolve_notHttpOrNotAHost(String reference) {
        WebUrl base = WebUrl.parse("http://a/b");

        assertThatThrownBy(() -> base.resolve(reference)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever comes in, what comes out is a URI that reads the same again, with a host and no user. */
    @RepeatedTest(500)
    void parse_anything() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "ab1./\\:@?#[]%20 \t\u00fc\u3002\uff11\u2100x-_\ud83d\ude00\ud800^|&=";
        StringBuilder text = new StringBuilder("http://");
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        WebUrl url;
        try {
            url = WebUrl.parse(text.toString());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("expected a URL");
            return;
        }
        assertThat(WebUrl.parse(url.toString())).as("seed %d", seed).hasToString(url.toString());
        assertThat(url.toString()).as("seed %d", seed).matches("https?://[a-z0-9._-]+(:\\d+)?/[!-~]*");
        assertThat(url.toUri().getRawUserInfo()).as("seed %d", seed).isNull();
    }
}
