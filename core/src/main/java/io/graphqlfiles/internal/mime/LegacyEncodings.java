package io.graphqlfiles.internal.mime;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The encodings other than Unicode's that browsers know (<a href="https://encoding.spec.whatwg.org/#names-and-labels">
 * WHATWG Encoding, names and labels</a>) and Java, too: its media types with another {@code charset} are refused by
 * stores and clients that are made in it. In each of them a byte of ASCII that begins a character is that of ASCII;
 * those that turn ASCII into something else after an escape are left out. So are the names of ASCII: text that is in it
 * is UTF-8.
 */
final class LegacyEncodings {

    /** Each line is an encoding: its name, and what else it is called, by Python, PHP and Java too. */
    private static final String NAMES = """
            big5 big5-hkscs cn-big5 cp950 csbig5 ms950 windows-950 x-x-big5
            euc-jp cseucpkdfmtjapanese eucjp x-euc-jp
            euc-kr cp949 cseuckr csksc56011987 euckr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 \
            ms949 windows-949
            gb18030
            gbk chinese cp936 csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 ms936 windows-936 x-gbk
            ibm866 866 cp866 csibm866
            iso-8859-2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
            iso-8859-3 csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
            iso-8859-4 csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
            iso-8859-5 csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
            iso-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i \
            iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
            iso-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 \
            iso_8859-7:1987 sun_eu_greek
            iso-8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 \
            iso_8859-8:1988 visual
            iso-8859-13 iso8859-13 iso885913
            iso-8859-15 csisolatin9 iso8859-15 iso885915 iso_8859-15 l9 latin9
            iso-8859-16 iso8859-16
            koi8-r cskoi8r koi koi8 koi8_r
            koi8-u koi8_u
            shift_jis cp932 csshiftjis ms932 ms_kanji shift-jis sjis sjis-win windows-31j windows-932 x-sjis
            windows-874 cp874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620
            windows-1250 cp1250 x-cp1250
            windows-1251 cp1251 x-cp1251
            windows-1252 cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 \
            iso_8859-1:1987 l1 latin1 x-cp1252
            windows-1253 cp1253 x-cp1253
            windows-1254 cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 \
            latin5 x-cp1254
            windows-1255 cp1255 x-cp1255
            windows-1256 cp1256 x-cp1256
            windows-1257 cp1257 x-cp1257
            windows-1258 cp1258 x-cp1258
            """;

    private static final Map<String, String> BY_LABEL = new HashMap<>();

    static {
        NAMES.lines().map(line -> line.split(" ")).forEach(labels -> {
            for (String label : labels) {
                BY_LABEL.put(label, labels[0]);
            }
        });
    }

    private LegacyEncodings() {}

    /** Of all encodings, each once. */
    static Set<String> names() {
        return Set.copyOf(BY_LABEL.values());
    }

    /** The name of the encoding that is called so, in any case; null if there is none. */
    static @Nullable String named(String label) {
        return BY_LABEL.get(label.toLowerCase(Locale.ROOT));
    }
}
