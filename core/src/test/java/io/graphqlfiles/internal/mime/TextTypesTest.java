package io.graphqlfiles.internal.mime;

import static io.graphqlfiles.internal.mime.Samples.hex;
import static io.graphqlfiles.internal.mime.Samples.joined;
import static io.graphqlfiles.internal.mime.Samples.noise;
import static io.graphqlfiles.internal.mime.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is text, in whatever encoding and whatever it mentions. */
class TextTypesTest {

    private static String find(byte[] content, String claimed, String fileName) {
        return ContentTypes.find(content, content.length, claimed, fileName).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UTF-8        | Größe;Straße",
                "UTF-16       | Größe;Straße",
                "UTF-16       | 姓名,年龄",
                "UTF-16LE     | Größe;Straße",
                "UTF-16LE     | 姓名,年龄",
                "UTF-16BE     | Größe;Straße",
                "windows-1250 | Zażółć;gęślą",
                "windows-1251 | Имя;Возраст",
                "windows-1251 | язык;яблоко",
                "windows-1252 | Größe;Straße €",
                "windows-1253 | Όνομα;Ηλικία",
                "windows-1254 | İsim;Yaş",
                "windows-1255 | שם;גיל",
                "windows-1256 | اسم;عمر",
                "windows-874  | ชื่อ;อายุ",
                "ISO-8859-1   | Größe;Straße",
                "ISO-8859-2   | Zażółć;gęślą",
                "ISO-8859-5   | Имя;Возраст",
                "ISO-8859-7   | Όνομα;Ηλικία",
                "KOI8-R       | Имя;Возраст",
                "IBM850       | Größe;Straße",
                "x-MacRoman   | Größe;Straße",
                "Shift_JIS    | 名前,年齢",
                "EUC-JP       | 名前,年齢",
                "ISO-2022-JP  | 名前,年齢",
                "GBK          | 姓名,年龄",
                "GB18030      | 姓名,𠀀",
                "Big5         | 姓名,年齡",
                "EUC-KR       | 이름,나이",
            })
    void encodings(String charset, String words) {
        for (int lines : new int[] {1, 20, 20_000}) {
            byte[] content = (words + "\r\n").repeat(lines).getBytes(Charset.forName(charset));

            assertThat(find(content, "text/csv", "a.csv")).isEqualTo("text/csv");
            assertThat(find(content, null, "a.csv")).isEqualTo("text/csv");
            assertThat(find(content, "text/plain", "a.txt")).isEqualTo("text/plain");
            assertThat(find(content, null, null)).isEqualTo("text/plain");
        }
    }

    @Test
    void byteOrderMark() {
        assertThat(find(text("\uFEFFid,name\n1,x\n"), null, "a.csv")).isEqualTo("text/csv");
        assertThat(find(hex("feff"), null, "a.txt")).isEqualTo("text/plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tab\tand\fform feed\r\n",
                "\u001b[31mred\u001b[0m\n",
                "one stray \u0001 in between\n",
                "end of file, as in DOS\r\n\u001a",
                "Größe, with one \b\n"
            })
    void controlCharacters_thatTextHas(String content) {
        assertThat(find(text(content), null, "a.log")).isEqualTo("text/plain");
    }

    @Test
    void controlCharacters_thatNoTextHas() {
        assertThat(find(text("a\u0001b\u0002c\u0003"), "text/plain", "a.txt")).isEqualTo("application/octet-stream");
        assertThat(find(text("a\0b"), "text/plain", "a.txt")).isEqualTo("application/octet-stream");
        assertThat(find(joined(text("x".repeat(60_000)), new byte[1]), "text/plain", "a.txt"))
                .isEqualTo("application/octet-stream");
        assertThat(find(hex("feff 0041 0000 0042"), "text/plain", "a.txt")).isEqualTo("application/octet-stream");
        assertThat(find(hex("feff d800 0042"), "text/plain", "a.txt")).isEqualTo("application/octet-stream");
        assertThat(find(hex("010002000300040005000600"), "text/plain", "a.txt")).isEqualTo("application/octet-stream");
    }

    /** However short: random bytes have control characters. */
    @Test
    void noise_isNoText() {
        byte[] noise = noise(65_536);
        for (int length : new int[] {64, 256, 1024, 65_536}) {
            assertThat(find(Arrays.copyOfRange(noise, 0, length), "text/plain", "a.txt"))
                    .isNotEqualTo("text/plain");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.csv  | text/csv         | 1,'<html><body>hi</body></html>'",
                "a.csv  | text/csv         | title,<svg onload=alert(1)></svg>",
                "a.json | application/json | {'template':'<html><head></head></html>'}",
                "a.txt  | text/plain       | Notes: the <title> tag is required",
                "a.txt  | text/plain       | see <?xml version='1.0'?><svg/>",
                "a.txt  | text/plain       | 5 < 6 and <b",
                "a.txt  | text/plain       | < html>",
                "a.txt  | text/plain       | <alice> hello",
                "a.log  | text/plain       | 10:00 <!DOCTYPE html><html><script>",
                "a.md   | text/markdown    | # Title <div align=center><script>",
                "a.yaml | application/yaml | page: <!DOCTYPE html>",
                "a.js   | text/javascript  | document.write('<html><title>')",
                "a.css  | text/css         | /*! <style> */ a { }",
            })
    void markupFurtherDown(String fileName, String expected, String content) {
        assertThat(find(text(content), null, fileName)).isEqualTo(expected);
        assertThat(find(text(content), expected, fileName)).isEqualTo(expected);
        assertThat(find(text("\n" + content + "\n".repeat(70_000)), "", fileName))
                .isEqualTo(expected);
    }

    /** The beginnings of these are marks of binary formats, or of formats of text that have more than that. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MZ,Mainz",
                "ID3,Name",
                "FWS,CWS",
                "070701,12.5",
                "BM,DE",
                "P3 Team",
                "P6,P7",
                "OggS is a container",
                "solid gold\nfacet",
                "Path: /usr/bin",
                "From: me",
                "From a to b",
                "Subject: Lunch",
                "Received: 5 boxes",
                "MIME-Version: 1.0",
                "Message-ID: 3",
                "(* a comment *)",
                "GIF89a is a format",
                "GIF87a,GIF89a",
                "PK,Name",
                "Rar! said",
                "7z is an archiver",
                "BZh91AY is",
                "PAR1,PAR2",
                "wOFF,wOF2",
                "RIFF, and WAVE",
                "fLaC,mp3",
                "SQLite format 3",
                "MThd,x",
                "8BPS",
                "rem note",
                "MSCF,1",
                "FLV,MP4",
                "%! percent",
                "12345,6",
                "AC1015,dwg",
                "II*,MM*",
                "!<arch>\nis ar",
                "glTF,obj",
                "/*! note */",
                "[version]",
                "IIRO,MMOR",
                "FUJIFILMCCD-RAW is a camera's",
                "GGGGGGGGG",
                "The format begins with %PDF-1.7",
            })
    void shortMarksOfOtherFormats(String content) {
        byte[] bytes = text(content + "\n1,2\n");

        assertThat(find(bytes, "text/csv", "a.csv")).isEqualTo("text/csv");
        assertThat(find(bytes, null, "a.csv")).isEqualTo("text/csv");
        assertThat(find(bytes, "text/plain", "a.txt")).isEqualTo("text/plain");
        assertThat(find(bytes, null, null)).isEqualTo("text/plain");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/pdf              | %PDF-1.7",
                "application/postscript       | %!PS-Adobe-3.0",
                "application/rtf              | {\\rtf1\\ansi x}",
                "application/x-sh             | #!/bin/sh",
                "application/x-sh             | #! /usr/bin/env bash",
                "text/x-python                | #!/usr/bin/python",
                "text/x-python                | #!/usr/bin/env python3",
                "text/x-python                | #!/usr/bin/env -S python3 -u",
                "text/x-python                | #!/opt/bin/env /opt/bin/python2.7",
                "text/x-perl                  | #!/usr/local/bin/perl -w",
                "text/x-ruby                  | #!/usr/bin/env ruby",
                "text/plain                   | #!/usr/bin/env node",
                "text/plain                   | #!/usr/bin/env lua",
                "text/x-php                   | <?php echo 1;",
                "text/vcard                   | BEGIN:VCARD",
                "application/vnd.apple.mpegurl| #EXTM3U",
                "application/rss+xml          | <?xml version='1.0'?><rss version='2.0'></rss>",
            })
    void marksThatNoOtherTextHas(String expected, String content) {
        assertThat(find(text(content + "\n"), null, null)).isEqualTo(expected);
        assertThat(find(text("\n" + content + "\n"), null, null)).isIn(expected, "text/plain");
        assertThat(find(text(content + "\n"), "text/plain", "a.txt")).isEqualTo(expected);
    }

    /** A mark that is a word as well counts if the name or the claim says the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message/rfc822          | a.eml | message/rfc822          | From: a@b.example~Subject: x~MIME-Version: 1.0~",
                "image/x-portable-pixmap | a.ppm | image/x-portable-pixmap | P3 1 1 255 0 0 0",
                "model/stl               | a.stl | model/stl               | solid x facet normal 0 0 0",
                "model/stl               | a.stl | application/sla         | solid x facet normal 0 0 0",
                "application/pdf         | a.pdf | application/pdf         | junk before %PDF-1.7",
            })
    void marksThatNameOrClaimConfirms(String expected, String fileName, String claimed, String content) {
        byte[] bytes = text(content.replace('~', '\n') + "\n");

        assertThat(find(bytes, null, fileName)).isEqualTo(expected);
        assertThat(find(bytes, claimed, null)).isEqualTo(expected);
        assertThat(find(bytes, null, "a.txt")).isEqualTo("text/plain");
    }

    @ParameterizedTest
    @CsvSource({
        "a.jsonl, application/x-ndjson",
        "a.ndjson, application/x-ndjson",
        "a.geojson, application/geo+json",
        "a.gltf, model/gltf+json",
        "a.ipynb, application/x-ipynb+json",
        "a.html, text/html",
        "a.HTM, text/html",
        "a.tsv, text/tab-separated-values",
        "a.srt, application/x-subrip",
        "a.ts, text/plain",
        "a.conf, text/plain",
        "a.log, text/plain",
        "a.py, text/plain",
        "README, text/plain",
    })
    void names(String fileName, String expected) {
        assertThat(find(text("{\"a\": 1}\n{\"a\": 2}\n"), null, fileName)).isEqualTo(expected);
    }

    /** A tag at the beginning is no proof: chats and logs have them, too. */
    @Test
    void xml_withoutDeclaration_toldByNameOrClaim() {
        byte[] content = text("<resources>\n  <string name='a'>b</string>\n</resources>\n");

        assertThat(find(content, null, "a.xml")).isEqualTo("application/xml");
        assertThat(find(content, "text/xml", "a.xml")).isEqualTo("application/xml");
        assertThat(find(content, "application/xml", null)).isEqualTo("application/xml");
        assertThat(find(text("<rss version='2.0'/>"), null, "a.rss")).isEqualTo("application/rss+xml");
        assertThat(find(content, null, null)).isEqualTo("text/plain");
        assertThat(find(content, "text/xml", "a.txt")).isEqualTo("text/plain");
        assertThat(find(content, "text/csv", "a.csv")).isEqualTo("text/csv");
        assertThat(find(text("<3 love"), "text/xml", "a.xml")).isEqualTo("text/plain");
        assertThat(find(text("a < b"), "text/xml", "a.xml")).isEqualTo("text/plain");
    }

    /** Elements of other vocabularies have names of HTML's; what makes HTML of a document is its namespace. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version='1.0'?><table><row/></table>",
                "<?xml version='1.0' encoding='UTF-8'?>\n<!-- a <b> -->\n<form xmlns='urn:x'/>",
                "\uFEFF<?xml version='1.0'?><o:object xmlns:o='urn:x' xmlns='http://www.w3.org/1999/xhtml'/>",
                "<?xml version='1.0'?><!DOCTYPE link SYSTEM 'x.dtd'><link/>",
                "<?xml version='1.0'?><title>a</title>",
                "<?xml version='1.0'?>\n<meta/>",
                "<?xml version='1.0'?><script src='x'/>",
                "<?xml\tversion='1.0'?><script>alert(1)</script>",
                "<?xml version='1.0'?><script>alert(1)\u0001\u0002\u0003</script>",
            })
    void xml_withARootThatHtmlHasToo(String document) {
        assertThat(find(text(document), null, "a.xml")).isEqualTo("application/xml");
        assertThat(find(text(document), "text/plain", "a.txt")).isEqualTo("application/xml");
    }

    /** A comment makes HTML only of what does not say that it is XML. */
    @Test
    void xml_withAComment_behindAByteOrderMark() {
        String document = "\uFEFF<?xml version='1.0'?>\n<!-- written by hand -->\n<order/>";

        assertThat(find(text(document), null, "a.xml")).isEqualTo("application/xml");
        assertThat(find(document.getBytes(StandardCharsets.UTF_16LE), null, "a.xml"))
                .isEqualTo("application/xml");
    }

    @Test
    void xml_withARootThatHtmlHasToo_inUtf16() {
        byte[] document = "<?xml version='1.0'?><table><row/></table>".getBytes(StandardCharsets.UTF_16);

        assertThat(find(document, null, "a.xml")).isEqualTo("application/xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version='1.0'?><form xmlns='http://www.w3.org/1999/xhtml'><script/></form>",
                "<?xml version='1.0'?><h:body xmlns:h='http://www.w3.org/1999/xhtml'/>",
                "<?xml version='1.0'?><html><script/></html>",
                "<?xml ?><script>alert(1)</script>",
                "<?xml version='9'?><script>alert(1)</script>",
                " <?xml version='1.0'?><script>alert(1)</script>",
                "<?xmlx version='1.0'?><script>alert(1)</script>",
                "<?xml version='1.0'?><script src=x>",
                "<?xml version='1.0'?><!DOCTYPE html><table/>",
            })
    void xml_thatIsHtml(String document) {
        assertThat(find(text(document), "text/plain", "a.txt")).isEqualTo("text/html");
        assertThat(find(text(document), "text/xml", "a.xml")).isIn("text/html", "application/xhtml+xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<!DOCTYPE html>",
                "<svg onload=alert(1)>",
                "<img src=x onerror=a()>"
            })
    void markup_inEveryDisguise_saysSo(String markup) {
        String expected = markup.startsWith("<svg") ? "image/svg+xml" : "text/html";
        for (byte[] content : new byte[][] {
            text(markup),
            text("\uFEFF \n\t" + markup),
            text("<!-- a --><?x y?>" + markup),
            markup.getBytes(StandardCharsets.UTF_16),
            ("\uFEFF" + markup).getBytes(StandardCharsets.UTF_16LE),
            markup.getBytes(StandardCharsets.UTF_16LE),
            markup.getBytes(StandardCharsets.UTF_16BE),
            joined(text(markup), noise(500)),
            joined(new byte[1], text(markup)),
            joined(text(markup), text(" Größe".repeat(20_000))),
            joined(text(markup), "Größe".getBytes(StandardCharsets.ISO_8859_1)),
        }) {
            for (String fileName : new String[] {null, "a.png", "a.txt", "a.csv", "a.pdf", "a.zip", "a.acme"}) {
                for (String claimed : new String[] {
                    null,
                    "image/png",
                    "text/plain",
                    "text/csv",
                    "application/json",
                    "application/pdf",
                    "application/x-acme",
                    "font/woff",
                    "x"
                }) {
                    assertThat(find(content, claimed, fileName)).isEqualTo(expected);
                }
            }
        }
    }
}
