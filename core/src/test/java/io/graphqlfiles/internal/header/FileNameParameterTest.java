package io.graphqlfiles.internal.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameParameterTest {

    private static String nameIn(String header) throws HeaderSyntaxException {
        return FileNameParameter.of(HeaderValue.parse(header));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filename=\"=?utf-8?B?5paw5bu65paH5pys5paH5qGjLnR4dA==?=\" | 新建文本文档.txt",
                "filename==?utf-8?B?w7wudHh0?=                             | ü.txt",
                "filename=\"=?UTF-8?Q?f=C3=BCr_Anna.txt?=\"                | für Anna.txt",
                "filename=\"=?iso-8859-1?q?f=FCr.txt?=\"                   | für.txt",
                "filename=\"=?iso-8859-1*de?q?f=FCr.txt?=\"                | für.txt",
                "filename=\"=?gb2312?B?ztK1xC50eHQ=?=\"                    | 我的.txt",
                "filename=\"=?utf-8?B?w7w=?= =?utf-8?B?LnR4dA==?=\"        | ü.txt",
                "filename=\"=?utf-8?B?w7?= =?utf-8?B?vC50eHQ=?=\"          | ü.txt",
                "filename=\"=?utf-8?Q?=C3?= =?utf-8?Q?=BC.txt?=\"          | ü.txt",
                "filename=\"=?utf-8?Q?=C3=BC?= =?iso-8859-1?Q?=FC.txt?=\"  | üü.txt",
            })
    void encodedWords_alone(String parameter, String expected) throws Exception {
        assertThat(nameIn("form-data; name=\"0\"; " + parameter)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a =?utf-8?B?w7wudHh0?=",
                "=?utf-8?B?w7wudHh0?=.txt",
                "=?utf-8?X?w7wudHh0?=",
                "=?no-such-charset?B?w7wudHh0?=",
                "=?utf-8?B?***?=",
                "=?utf-8?Q?=zz?=",
                "=?utf-8?Q?=4?=",
                "=??B?w7wudHh0?=",
                "what?=.txt"
            })
    void encodedWords_thatAreNone(String name) throws Exception {
        assertThat(nameIn("form-data; filename=\"" + name + "\"")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filename=a, b.txt                          | a, b.txt",
                "filename=Report, final (2).txt; name=x     | Report, final (2).txt",
                "filename=\"report\\\"                      | report\\",
                "filename=\"report\\\"; name=\"0\"          | report\\",
                "filename=\"report\\\" ; size=5             | report\\",
                "filename=\"report\\\\\"; size=5            | report\\",
                "filename=\"C:\\dir\\\\\"                   | C:\\dir\\",
                "filename=\"C:\\folder\\test.png\"          | C:\\folder\\test.png",
                "filename=\"say \"hi\".txt\"                | say \"hi\".txt",
                "filename=\"say \"hi\".txt\"; name=\"0\"    | say \"hi\".txt",
                "filename=\"say \\\"hi\\\".txt\"; name=x    | say \"hi\".txt",
                "filename=\"say %22hi%22.txt\"              | say \"hi\".txt",
                "filename=\"a\\\"b;c.txt\"                  | a\"b;c.txt",
                "filename=\"a\\\"; b.txt\"                  | a\"; b.txt",
                "filename=\"semi;colon.txt\"                | semi;colon.txt",
                "filename=plain.txt;filename*=UTF-8''%C3%BC | ü",
                "filename*=UTF-8''%C3%BC;filename=plain.txt | ü",
                "filename*=UTF-8''; filename=plain.txt      | plain.txt",
                "filename*=UTF-8''%2522; filename=plain.txt | %22",
                "filename*=UTF-8''\"%c2%a3 and %e2%82%ac\"  | £ and €",
                "filename*=\"UTF-8''%c2%a3\"; size=5        | £",
                "filename*=UTF-8''naïve.txt                 | naïve.txt",
                "filename*=UTF-8''😀 a.txt                  | 😀 a.txt",
                "filename*=UTF-8''John's.txt                | John's.txt",
                "filename*=utf8''%C3%BC                     | ü",
                "filename*=windows-1252''%80                | €",
                "filename*=GBK''%D0%C2.txt                  | 新.txt",
                "filename*=a.txt                            | a.txt",
                "filename*=a.txt; filename=plain.txt        | plain.txt",
                "filename*=nonsense''a; filename=plain.txt  | plain.txt",
                "filename*=UTF-8''%FF; filename=plain.txt   | plain.txt",
                "filename*=UTF-8''%z0; filename=plain.txt   | plain.txt",
                "FileName = \"a.txt\" ;                     | a.txt",
            })
    void asSendersWriteIt(String parameter, String expected) throws Exception {
        assertThat(nameIn("attachment; " + parameter)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"attachment", "attachment; filename=", "attachment; filename=\"\"", "a; filename=\" \"", ""})
    void none(String header) throws Exception {
        assertThat(nameIn(header)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a; filename=\"b", "a; filename=\"b\" c", "a; filename=b; filename=c", "a; b"})
    void unreadable(String header) {
        assertThatThrownBy(() -> nameIn(header)).isInstanceOf(HeaderSyntaxException.class);
    }

    @Test
    void bytesOfALatin1String() {
        String utf8 = new String("ü 日本.txt".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(TextBytes.decode(utf8)).isEqualTo("ü 日本.txt");
        assertThat(TextBytes.decode("f\u00fcr.txt")).isEqualTo("für.txt");
        assertThat(TextBytes.decode("日本")).isEqualTo("日本");
        assertThat(TextBytes.decode("a.txt")).isEqualTo("a.txt");
    }
}
