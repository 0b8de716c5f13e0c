package io.graphqlfiles.internal.mime;

import static io.graphqlfiles.internal.mime.Samples.hex;
import static io.graphqlfiles.internal.mime.Samples.isoMedia;
import static io.graphqlfiles.internal.mime.Samples.joined;
import static io.graphqlfiles.internal.mime.Samples.ogg;
import static io.graphqlfiles.internal.mime.Samples.text;
import static io.graphqlfiles.internal.mime.Samples.transportStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Types come out under the names that IANA has for them, and go in under every name that is in use. */
class StandardTypesTest {

    private static String find(byte[] content, String claimed, String fileName) {
        return ContentTypes.find(content, content.length, claimed, fileName).get(0);
    }

    private static byte[] riff(String form) {
        return joined(text("RIFF"), hex("64000000"), text(form), new byte[40]);
    }

    /** A tag of this many bytes behind its header. */
    private static byte[] id3(int size) {
        return joined(
                text("ID3"),
                hex("040000"),
                new byte[] {
                    (byte) (size >> 21 & 127), (byte) (size >> 14 & 127), (byte) (size >> 7 & 127), (byte) (size & 127)
                },
                new byte[size]);
    }

    static Stream<Arguments> types() {
        byte[] zeros = new byte[80];
        return Stream.of(
                arguments(
                        "font/ttf",
                        joined(hex("00010000 000b0080 00030030"), zeros),
                        "application/x-font-ttf font/sfnt"),
                arguments("font/ttf", joined(text("true"), hex("000b0080"), zeros), "application/font-sfnt"),
                arguments(
                        "font/otf",
                        joined(text("OTTO"), hex("000b0080"), zeros),
                        "application/x-font-otf application/vnd.ms-opentype font/opentype"),
                arguments("font/collection", joined(text("ttcf"), hex("00010000"), zeros), ""),
                arguments(
                        "font/woff",
                        joined(text("wOFF"), hex("00010000"), zeros),
                        "application/font-woff application/x-font-woff"),
                arguments("font/woff2", joined(text("wOF2"), hex("00010000"), zeros), "application/font-woff2"),
                arguments("video/mp2t", transportStream(188), ""),
                arguments("video/mp2t", transportStream(192), ""),
                arguments(
                        "application/vnd.rar",
                        joined(text("Rar!"), hex("1a070100"), zeros),
                        "application/x-rar-compressed application/x-rar application/rar"),
                arguments(
                        "application/vnd.rar",
                        joined(text("Rar!"), hex("1a0700"), zeros),
                        "application/x-rar-compressed"),
                arguments("video/vnd.avi", riff("AVI LIST"), "video/avi video/msvideo video/x-msvideo"),
                arguments("audio/wav", riff("WAVEfmt "), "audio/x-wav audio/wave audio/vnd.wave"),
                arguments("audio/wav", joined(text("RF64"), hex("ffffffff"), text("WAVEds64"), zeros), "audio/x-wav"),
                arguments("audio/wav", joined(text("BW64"), hex("ffffffff"), text("WAVEds64"), zeros), "audio/x-wav"),
                arguments("audio/flac", joined(id3(100), text("fLaC"), zeros), "audio/x-flac"),
                arguments("audio/flac", joined(id3(100), id3(3000), text("fLaC"), zeros), "audio/x-flac"),
                arguments("audio/aac", joined(id3(63), hex("fff15080 0d1ffc"), zeros), "audio/aacp"),
                arguments("audio/mpeg", joined(id3(63), hex("fffb9064"), zeros), "audio/mp3"),
                arguments("audio/mpeg", id3(200_000), "audio/mp3"),
                arguments("image/tiff", joined(hex("49492b00 08000000 10000000"), zeros), "image/x-tiff"),
                arguments("image/tiff", joined(hex("4d4d002b 00080000 00000000"), zeros), "image/x-tiff"),
                arguments("audio/aac", joined(text("ADIF"), zeros), "audio/x-aac"),
                arguments("image/jxr", joined(hex("4949bc01 20000000"), zeros), "image/vnd.ms-photo"),
                arguments("image/vnd.radiance", joined(text("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n"), zeros), ""),
                arguments(
                        "image/x-win-bitmap",
                        joined(hex("00000200 0100 2020 0000 0100 0100"), zeros),
                        "image/x-cursor"),
                arguments(
                        "image/bmp",
                        joined(text("BM"), hex("36000000 00000000 1a000000 0c000000 0100 0100 0100 1800"), zeros),
                        "image/x-ms-bmp"),
                arguments("video/quicktime", joined(hex("00000100"), text("mdat"), Samples.noise(100)), ""),
                arguments("video/quicktime", joined(hex("00000014"), text("pnot"), Samples.noise(100)), ""),
                arguments("application/x-pkcs12", joined(hex("30820a1b 020103 3082"), zeros), "application/pkcs12"),
                arguments("application/x-pkcs12", joined(hex("3080 020103 3080"), zeros), "application/pkcs12"),
                arguments("application/x-hwp-v5", Samples.ole("FileHeader", "DocInfo", "BodyText"), ""),
                arguments(
                        "application/gpx+xml",
                        text("<?xml version='1.0'?><gpx xmlns='http://www.topografix.com/GPX/1/1'/>"),
                        "application/gpx+xml"),
                arguments("image/webp", riff("WEBPVP8 "), "image/x-webp"),
                arguments("audio/flac", joined(text("fLaC"), hex("00000022"), zeros), "audio/x-flac"),
                arguments(
                        "audio/mpeg",
                        joined(text("ID3"), hex("03000000000021"), zeros),
                        "audio/mp3 audio/x-mpeg audio/mpeg3"),
                arguments(
                        "audio/aac",
                        joined(hex("fff15080 0d1ffc"), new byte[100], hex("fff15080 0d1ffc"), new byte[100]),
                        "audio/x-aac audio/aacp audio/vnd.dlna.adts"),
                arguments(
                        "image/vnd.microsoft.icon", joined(hex("00000100 0100 1010"), zeros), "image/x-icon image/ico"),
                arguments(
                        "image/bmp",
                        joined(
                                text("BM"),
                                hex("36000000 00000000 36000000 28000000 01000000 01000000 0100 1800"),
                                zeros),
                        "image/x-ms-bmp image/x-windows-bmp"),
                arguments("image/jpeg", Samples.jpeg(), "image/jpg image/pjpeg"),
                arguments("image/apng", Samples.animatedPng(), "image/vnd.mozilla.apng"),
                arguments("image/tiff", Samples.tiff(), "image/tif image/x-tiff"),
                arguments("image/x-canon-cr2", joined(hex("49492a00 10000000 4352 0200"), zeros), ""),
                arguments("image/x-canon-cr3", isoMedia("crx ", "crx ", "isom"), ""),
                arguments("image/x-fuji-raf", joined(text("FUJIFILMCCD-RAW 0201"), zeros), ""),
                arguments("image/x-olympus-orf", joined(text("IIRO"), hex("08000000"), zeros), ""),
                arguments("image/x-panasonic-rw2", joined(hex("49495500 18000000"), zeros), ""),
                arguments("model/gltf-binary", joined(text("glTF"), hex("02000000"), zeros), ""),
                arguments("application/wasm", hex("0061736d 01000000"), ""),
                arguments("application/x-7z-compressed", joined(hex("377abcaf271c 0004"), zeros), ""),
                arguments("application/zstd", joined(hex("28b52ffd 0458 110000"), zeros), "application/x-zstd"),
                arguments("application/x-xz", hex("fd377a585a00 0004"), ""),
                arguments("application/vnd.sqlite3", joined(text("SQLite format 3\0"), zeros), "application/x-sqlite3"),
                arguments(
                        "application/vnd.apache.parquet",
                        joined(text("PAR1"), hex("15041510"), zeros),
                        "application/x-parquet"),
                arguments(
                        "application/vnd.microsoft.portable-executable",
                        joined(text("MZ"), hex("90000300"), zeros),
                        "application/x-msdownload application/x-dosexec"),
                arguments("application/rtf", text("{\\rtf1\\ansi x}"), "text/rtf application/x-rtf"),
                arguments("application/pdf", Samples.pdf(), "application/x-pdf application/acrobat"),
                arguments("audio/ogg", ogg("\1vorbis"), "audio/vorbis application/ogg"),
                arguments("audio/ogg", ogg("OpusHead"), "audio/opus"),
                arguments("video/ogg", ogg("\u0080theora"), "video/theora"),
                arguments("application/xml", text("<?xml version=\"1.0\"?><order/>"), "text/xml"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void standardNames(String expected, byte[] content, String aliases) {
        assertThat(find(content, null, null)).isEqualTo(expected);
        assertThat(find(content, expected, null)).isEqualTo(expected);
        assertThat(AcceptPatterns.parse(List.of(expected)).matches(expected, null))
                .isTrue();
        for (String alias : aliases.isEmpty() ? new String[0] : aliases.split(" ")) {
            assertThat(find(content, alias, null)).isEqualTo(expected);
            assertThat(AcceptPatterns.parse(List.of(alias)).matches(expected, null))
                    .as(alias)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "image/heic, heic mif1",
        "image/heic, heix mif1",
        "image/heic, heim",
        "image/heic, heis",
        "image/heic, mif1 mif1 heic",
        "image/heic, mif2 miaf heix",
        "image/heif, mif1 mif1",
        "image/heif, mif2",
        "image/heic-sequence, hevc mif1",
        "image/heic-sequence, hevx",
        "image/heic-sequence, hevm",
        "image/heic-sequence, hevs",
        "image/heic-sequence, msf1 mif1 heic hevc",
        "image/heif-sequence, msf1",
        "image/avci, avci mif1",
        "image/avcs, avcs msf1",
        "image/avif, avif mif1",
        "image/avif, avis msf1",
        "image/avif, mif1 mif1 avif miaf",
        "image/avif, mif2 avif",
        "image/avif, msf1 avis",
        "video/quicktime, 'qt  '",
        "audio/mp4, 'M4A  isom'",
        "audio/mp4, 'M4B '",
        "video/x-m4v, 'M4V  isom'",
        "video/3gpp, 3gp4 isom",
        "video/3gpp, 3gp6",
        "video/3gpp2, 3g2a",
        "video/3gpp2, kddi 3g2a",
        "video/mp4, isom iso2 mp41",
        "video/mp4, mp42",
        "video/mp4, iso5",
        "video/mp4, dash",
        "video/mp4, msdh",
        "video/mp4, XAVC",
        "video/mp4, zzzz",
    })
    void brands(String expected, String brands) {
        String major = brands.substring(0, 4);
        String[] compatible = brands.length() > 5 ? brands.substring(5).split(" ") : new String[0];
        byte[] content = isoMedia(major, compatible);

        assertThat(find(content, null, null)).isEqualTo(expected);
        assertThat(find(content, expected, null)).isEqualTo(expected);
        assertThat(find(content, "image/png", "a.png")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "mif1, image/heic, IMG_1.heic, image/heic",
        "mif1, , IMG_1.HEIC, image/heic",
        "hevc, image/heic, IMG_1.heic, image/heic-sequence",
        "isom, , a.m4a, audio/mp4",
        "mp42, audio/x-m4a, a.m4a, audio/mp4",
        "M4A , video/mp4, a.mp4, audio/mp4",
        "3gp5, audio/3gpp, a.3gp, audio/3gpp",
        "'qt  ', video/mp4, a.mp4, video/quicktime",
    })
    void brands_withClaims(String brand, String claimed, String fileName, String expected) {
        assertThat(find(isoMedia(String.format("%-4s", brand)), claimed, fileName))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a.dng, image/x-adobe-dng",
        "a.NEF, image/x-nikon-nef",
        "a.arw, image/x-sony-arw",
        "a.pef, image/x-pentax-pef",
        "a.tif, image/tiff",
        "a.png, image/tiff",
    })
    void rawPhotographs_thatAreTiffInside_toldByName(String fileName, String expected) {
        assertThat(find(Samples.tiff(), null, fileName)).isEqualTo(expected);
        assertThat(find(Samples.tiff(), expected, null)).isEqualTo(expected);
        assertThat(AcceptPatterns.parse(List.of("image/tiff")).matches(expected, fileName))
                .isTrue();
    }

    @Test
    void targa_isNoCursor() {
        byte[] content = joined(hex("00000200 00000000 00000000 0100 0100 1800"), Samples.noise(60));

        assertThat(find(content, null, null)).isNotEqualTo("image/x-win-bitmap");
    }

    @Test
    void windowsMedia_isSoundOrFilmAsNameOrClaimSays() {
        byte[] content = joined(hex("3026b2758e66cf11a6d900aa0062ce6c"), new byte[40]);

        assertThat(find(content, null, null)).isEqualTo("video/x-ms-asf");
        assertThat(find(content, null, "a.wma")).isEqualTo("audio/x-ms-wma");
        assertThat(find(content, "video/x-ms-wmv", null)).isEqualTo("video/x-ms-wmv");
    }

    @Test
    void illustrator_isPdfInside() {
        assertThat(find(Samples.pdf(), "application/postscript", "logo.ai")).isEqualTo("application/illustrator");
        assertThat(AcceptPatterns.parse(List.of("application/pdf")).matches("application/illustrator", "logo.ai"))
                .isTrue();
        assertThat(AcceptPatterns.parse(List.of(".ai")).matches("application/illustrator", "logo.ai"))
                .isTrue();
    }

    @Test
    void pdf_behindWhatOthersPutBefore() {
        for (byte[] before : new byte[][] {
            text("\uFEFF"), text("\n"), text(" "), hex("aa".repeat(200)), new byte[128], hex("aa".repeat(1023))
        }) {
            assertThat(find(joined(before, Samples.pdf()), "application/pdf", "a.pdf"))
                    .isEqualTo("application/pdf");
        }
    }
}
