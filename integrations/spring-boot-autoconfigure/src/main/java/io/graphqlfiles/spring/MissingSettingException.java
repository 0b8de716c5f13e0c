package io.graphqlfiles.spring;

import org.jspecify.annotations.Nullable;

/**
 * The application cannot start without a setting, or with the one that it has; {@link MissingSettingFailureAnalyzer}
 * prints it.
 */
final class MissingSettingException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final String action;

    MissingSettingException(String description, String action) {
        super(description);
        this.action = action;
    }

    /**
     * @return the value
     * @throws MissingSettingException if it is null or blank
     */
    static <T> T unlessSet(@Nullable T value, String store, String name) {
        if (value == null || (value instanceof String text && text.isBlank())) {
            String property = "graphql.files." + store + "." + name;
            throw new MissingSettingException(
                    "The store of graphql.files.store=" + store + " needs " + property + ", and it is not set.",
                    "Set " + property + ".");
        }
        return value;
    }

    String action() {
        return action;
    }
}
