package io.graphqlfiles.internal.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells packages that are zip archives apart by the names of their first entries. */
final class ZipContent {

    private static final int HEADER_LENGTH = 30;
    private static final int NAME_LENGTH_AT = 26;

    private ZipContent() {}

    /** The type of the package; null for an archive of anything. */
    static @Nullable String detect(byte[] bytes, int length) {
        List<String> names = entryNames(bytes, length);
        if (names.contains("AndroidManifest.xml") || names.contains("classes.dex")) {
            return "application/vnd.android.package-archive";
        }
        if (names.contains("[Content_Types].xml") || names.contains("_rels/.rels")) {
            return officeType(names);
        }
        if (names.stream().anyMatch(name -> name.equals("META-INF/MANIFEST.MF"))) {
            return "application/java-archive";
        }
        return null;
    }

    private static @Nullable String officeType(List<String> names) {
        boolean macros = names.stream().anyMatch(name -> name.endsWith("/vbaProject.bin"));
        if (hasFolder(names, "word/")) {
            return macros
                    ? "application/vnd.ms-word.document.macroenabled.12"
                    : "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        }
        if (hasFolder(names, "xl/")) {
            return macros
                    ? "application/vnd.ms-excel.sheet.macroenabled.12"
                    : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        }
        if (hasFolder(names, "ppt/")) {
            return macros
                    ? "application/vnd.ms-powerpoint.presentation.macroenabled.12"
                    : "application/vnd.openxmlformats-officedocument.presentationml.presentation";
        }
        return "application/x-tika-ooxml";
    }

    private static boolean hasFolder(List<String> names, String folder) {
        return names.stream().anyMatch(name -> name.startsWith(folder));
    }

    /**
     * Searches for the headers: many writers put an entry's length behind its bytes, so there is no walking from one to
     * the next.
     */
    private static List<String> entryNames(byte[] bytes, int length) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i + HEADER_LENGTH <= length; i++) {
            if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 3 && bytes[i + 3] == 4) {
                int nameLength = (bytes[i + NAME_LENGTH_AT] & 0xff) | (bytes[i + NAME_LENGTH_AT + 1] & 0xff) << 8;
                int end = i + HEADER_LENGTH + nameLength;
                if (end <= length) {
                    names.add(new String(bytes, i + HEADER_LENGTH, nameLength, StandardCharsets.UTF_8));
                    i = end - 1;
                }
            }
        }
        return names;
    }
}
