package io.graphqlfiles.internal.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text such as {@code =?utf-8?B?w7wudHh0?=} (RFC 2047). A parameter must not be written so, but .NET, mail software and
 * old servers do.
 */
final class EncodedWords {

    private static final String WORD = "=\\?([^?*\\s]+)(?:\\*[^?\\s]*)?\\?([bBqQ])\\?([^?]*)\\?=";
    private static final Pattern NEXT = Pattern.compile("[ \t]*" + WORD);

    private EncodedWords() {}

    /** The text decoded if it is made of encoded words and nothing else; otherwise as it is. */
    static String decode(String text) {
        String stripped = text.strip();
        StringBuilder decoded = new StringBuilder();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Charset charset = null;
        Matcher word = NEXT.matcher(stripped);
        int position = 0;
        while (position < stripped.length()
                && word.region(position, stripped.length()).lookingAt()) {
            Charset next = Charsets.named(word.group(1));
            byte[] content = content(word.group(2), word.group(3));
            if (next == null || content == null) {
                return text;
            }
            // Long names are cut between bytes as well as between characters.
            if (charset != null && !charset.equals(next)) {
                decoded.append(bytes.toString(charset));
                bytes.reset();
            }
            charset = next;
            bytes.writeBytes(content);
            position = word.end();
        }
        if (charset == null || position < stripped.length()) {
            return text;
        }
        return decoded.append(bytes.toString(charset)).toString();
    }

    private static byte @Nullable [] content(String encoding, String text) {
        if (encoding.equalsIgnoreCase("Q")) {
            return quotedPrintable(text);
        }
        try {
            return Base64.getDecoder().decode(text.replace(" ", ""));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte @Nullable [] quotedPrintable(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=') {
                if (i + 2 >= text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    return null;
                }
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.writeBytes(Character.toString(c == '_' ? ' ' : c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
