package io.graphqlfiles.spring;

import io.graphqlfiles.FileSourceType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values of tags that observations and metrics share. */
final class FileTags {

    private FileTags() {}

    static String source(@Nullable FileSourceType source) {
        return source == null ? "application" : source.name().toLowerCase(Locale.ROOT);
    }
}
