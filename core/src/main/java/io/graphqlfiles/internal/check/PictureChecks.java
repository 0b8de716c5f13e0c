package io.graphqlfiles.internal.check;

import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.PictureRules;
import io.graphqlfiles.spi.media.FileFacts;
import org.jspecify.annotations.Nullable;

/** The rules of fields about the size of pictures and films, held against what their headers say. */
final class PictureChecks {

    private PictureChecks() {}

    /** Whether the field asks anything of the size of such files. */
    static boolean apply(FileField field, String mimeType) {
        return !field.pictures().isEmpty() && (mimeType.startsWith("image/") || mimeType.startsWith("video/"));
    }

    /**
     * Checks the size if it is known.
     *
     * @throws FileException if the field does not take a picture of this size
     */
    static void check(FileField field, FileFacts facts) {
        Integer width = facts.width();
        Integer height = facts.height();
        if (width == null || height == null) {
            return;
        }
        PictureRules rules = field.pictures();
        Found found = new Found(field, width, height);
        long pixels = (long) width * height;
        if (rules.maxPixels() != null && pixels > rules.maxPixels()) {
            throw found.refusal("maxPixels", rules.maxPixels(), pixels + " pixels, and", "at most");
        }
        found.atLeast("minWidth", rules.minWidth(), width, "wide");
        found.atMost("maxWidth", rules.maxWidth(), width, "wide");
        found.atLeast("minHeight", rules.minHeight(), height, "high");
        found.atMost("maxHeight", rules.maxHeight(), height, "high");
        String aspectRatio = rules.aspectRatio();
        if (aspectRatio != null && !rules.hasAspectRatio(width, height)) {
            throw found.refusal(
                    "aspectRatio",
                    "The picture is " + width + " x " + height + " pixels; " + field.coordinate()
                            + " takes an aspect ratio of " + aspectRatio.replace("-", " to ") + ".",
                    aspectRatio);
        }
    }

    /** For a picture whose header does not say how large it is. */
    static FileException unknownSize(FileField field) {
        return FileException.invalid("The size of the picture cannot be read from the file; " + field.coordinate()
                + " takes only pictures whose size is known.");
    }

    private record Found(FileField field, int width, int height) {

        void atLeast(String rule, @Nullable Integer least, int side, String how) {
            if (least != null && side < least) {
                throw refusal(rule, least, side + " pixels " + how + ", and", "at least");
            }
        }

        void atMost(String rule, @Nullable Integer most, int side, String how) {
            if (most != null && side > most) {
                throw refusal(rule, most, side + " pixels " + how + ", and", "at most");
            }
        }

        FileException refusal(String rule, Number limit, String is, String bound) {
            return refusal(
                    rule,
                    "The picture has " + is + " " + field.coordinate() + " takes " + bound + " " + limit + ".",
                    limit);
        }

        FileException refusal(String rule, String message, Object limit) {
            return FileException.invalid(message)
                    .with("width", width)
                    .with("height", height)
                    .with(rule, limit);
        }
    }
}
