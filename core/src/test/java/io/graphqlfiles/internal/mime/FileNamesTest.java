package io.graphqlfiles.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "photo.jpg|photo.jpg",
                "Größe 1.pdf|Größe 1.pdf",
                "日本語.txt|日本語.txt",
                "../../etc/passwd|passwd",
                "..\\..\\windows\\win.ini|win.ini",
                "C:\\fakepath\\photo.jpg|photo.jpg",
                "/abs/olute|olute",
                "a/b\\c|c",
                "report\\|report",
                "C:\\folder\\|folder",
                ".htaccess|htaccess",
                "...hidden. . .|hidden",
                " a b .txt |a b .txt",
                "con|_con",
                "NUL.txt|_NUL.txt",
                "com1.tar.gz|_com1.tar.gz",
                "lpt\u00b9|_lpt\u00b9",
                "console.txt|console.txt",
                "a<b>c:d\"e?f*g|a_b_c_d_e_f_g",
                "👩\u200d🚀.png|👩\u200d🚀.png",
            })
    void clean_name(String name, String expected) {
        assertThat(FileNames.clean(name)).isEqualTo(expected);
    }

    @Test
    void clean_invisibleCharacters() {
        assertThat(FileNames.clean("photo\u202Egpj.exe")).isEqualTo("photogpj.exe");
        assertThat(FileNames.clean("a\u0000b\r\nc\u007Fd\u0085e\u200Bf\u2066g\uFEFFh\u2028i.txt"))
                .isEqualTo("abcdefghi.txt");
        assertThat(FileNames.clean("a\uD800b.txt")).isEqualTo("ab.txt");
        assertThat(FileNames.clean("\u202E../x")).isEqualTo("x");
    }

    @Test
    void clean_composes() {
        assertThat(FileNames.clean("u\u0308.txt")).isEqualTo("ü.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "...", " ", "/", "\\", "//", "a/..", "../..", "\u0000", "\u202E", ". .", "\u3000"
            })
    void clean_nothingLeft(String name) {
        assertThat(FileNames.clean(name)).isNull();
    }

    @Test
    void clean_longNames_keepTheirExtension() {
        assertThat(FileNames.clean("ü".repeat(300) + ".jpeg"))
                .isEqualTo("ü".repeat(125) + ".jpeg")
                .satisfies(name ->
                        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(255));
        assertThat(FileNames.clean("😀".repeat(100))).isEqualTo("😀".repeat(63));
        assertThat(FileNames.clean("a." + "b".repeat(300))).isEqualTo("a." + "b".repeat(253));
        assertThat(FileNames.clean("a".repeat(250) + "     " + "b".repeat(99) + ".txt"))
                .isEqualTo("a".repeat(250) + ".txt");
    }

    @Test
    void clean_tooLongToLookAt() {
        assertThat(FileNames.clean("a".repeat(8193))).isNull();
        assertThat(FileNames.clean("a".repeat(8192))).isEqualTo("a".repeat(255));
    }

    /** A request can have a hundred names of the full length. */
    @ParameterizedTest
    @ValueSource(strings = {".", " ", "\u200d", ". ", "\u0301\u0323", "con ", "\u1100\u1161", "a.", "\ud800"})
    void clean_madeToTakeLong_takesNoTime(String repeated) {
        int times = (FileNames.MAX_INPUT_LENGTH - 2) / repeated.length();
        String name = "a" + repeated.repeat(times) + "b";

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 100; i++) {
                FileNames.clean(name);
            }
        });
    }

    @Test
    void clean_twice_changesNothing() {
        for (String name :
                new String[] {"a".repeat(250) + ". .txt", "con .txt", "\u0344.txt", " .a. ", "x\u0323\u0307"}) {
            String clean = FileNames.clean(name);
            assertThat(FileNames.clean(clean)).isEqualTo(clean);
        }
    }

    @Test
    void defaultName_hasTheTypesExtension() {
        assertThat(FileNames.defaultName("image/png")).isEqualTo("file.png");
        assertThat(FileNames.defaultName("image/jpeg")).isEqualTo("file.jpg");
        assertThat(FileNames.defaultName("text/markdown")).isEqualTo("file.md");
        assertThat(FileNames.defaultName("application/octet-stream")).isEqualTo("file.bin");
        assertThat(FileNames.defaultName("application/x-acme")).isEqualTo("file");
    }

    @ParameterizedTest
    @CsvSource({
        "audio/mpeg, file.mp3",
        "audio/mp4, file.m4a",
        "audio/ogg, file.ogg",
        "video/quicktime, file.mov",
        "video/mp2t, file.ts",
        "font/woff2, file.woff2",
        "model/stl, file.stl",
        "application/vnd.rar, file.rar",
    })
    void defaultName_hasTheExtensionInUse(String type, String expected) {
        assertThat(FileNames.defaultName(type)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // none, or one that says something else
        "photo.php, image/png, photo.png",
        "photo.aspx, image/jpeg, photo.jpg",
        "photo.cgi, image/png, photo.png",
        "photo.do, image/png, photo.png",
        "photo.action, image/png, photo.png",
        "photo.jpg, image/webp, photo.webp",
        "photo, image/png, photo.png",
        "v1.2, image/png, v1.2.png",
        "index.html, application/pdf, index.pdf",
        "report.pdf, text/html, report.html",
        "archive.tar.gz, application/zip, archive.tar.zip",
        "export.php, text/csv, export.csv",
        // one that suits
        "photo.png, image/png, photo.png",
        "photo.JPEG, image/jpeg, photo.JPEG",
        "archive.tar.gz, application/gzip, archive.tar.gz",
        "report.final, application/pdf, report.final",
        "notes.log, text/plain, notes.log",
        "index.php, text/x-php, index.php",
        "song.oga, audio/ogg, song.oga",
        "film.mp4, audio/mp4, film.mp4",
        "clip.m2ts, video/mp2t, clip.m2ts",
        "photo.dng, image/tiff, photo.dng",
        // nothing is known
        "data, application/octet-stream, data",
        "data.php, application/octet-stream, data.php",
        "data, application/x-acme, data",
    })
    void fitting(String name, String type, String expected) {
        assertThat(FileNames.fitting(name, type)).isEqualTo(expected);
    }

    @Test
    void fitting_staysWithinTheLimit() {
        assertThat(FileNames.fitting("a".repeat(255), "image/png")).isEqualTo("a".repeat(251) + ".png");
    }
}
