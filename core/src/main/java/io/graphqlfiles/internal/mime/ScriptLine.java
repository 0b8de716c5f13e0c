package io.graphqlfiles.internal.mime;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first line of a script: {@code #!/bin/sh}, {@code #!/usr/bin/env -S python3 -u}. */
final class ScriptLine {

    private static final int MAX_LENGTH = 256;

    private static final Pattern PROGRAM = Pattern.compile(
            "#![ \\t]*+(?:\\S*/)?(?:env[ \\t]++(?:-\\S++[ \\t]++)*+(?:\\S*/)?)?([a-z]++).*+", Pattern.DOTALL);

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("ash", "application/x-sh"),
            Map.entry("bash", "application/x-sh"),
            Map.entry("dash", "application/x-sh"),
            Map.entry("ksh", "application/x-sh"),
            Map.entry("perl", "text/x-perl"),
            Map.entry("php", "text/x-php"),
            Map.entry("python", "text/x-python"),
            Map.entry("ruby", "text/x-ruby"),
            Map.entry("sh", "application/x-sh"),
            Map.entry("zsh", "application/x-sh"));

    private ScriptLine() {}

    /** The type of a script for the program that it names; {@code text/plain} if that is none of these. */
    static String type(byte[] bytes, int length) {
        int first = TextContent.firstSeen(bytes, length);
        String head = new String(bytes, first, Math.min(length - first, MAX_LENGTH), StandardCharsets.ISO_8859_1);
        Matcher program = PROGRAM.matcher(head);
        return program.matches() ? TYPES.getOrDefault(program.group(1), TikaTypes.PLAIN_TEXT) : TikaTypes.PLAIN_TEXT;
    }
}
