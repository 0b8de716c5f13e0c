package io.graphqlfiles.spring;

/** The application cannot start without a setting; {@link MissingSettingFailureAnalyzer} prints it. */
final class MissingSettingException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final String action;

    MissingSettingException(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
