package io.graphqlfiles.internal.variant;

/** There is no such variant, or not now. For whoever asked for it: names no internals. */
public final class VariantRefusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final int retryAfter;
    private final String text;

    private VariantRefusal(int status, int retryAfter, String message) {
        super(message, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
        this.text = message;
    }

    static VariantRefusal notFound() {
        return new VariantRefusal(404, 0, "There is no such file.");
    }

    static VariantRefusal impossible() {
        return new VariantRefusal(422, 0, "The file cannot be shown in this form.");
    }

    static VariantRefusal notNow(int retryAfter) {
        return new VariantRefusal(503, retryAfter, "The file cannot be shown in this form right now; try again later.");
    }

    /** Status of HTTP. */
    public int status() {
        return status;
    }

    /** One line. */
    public String text() {
        return text;
    }

    /** After how many seconds to try again; 0 for never. */
    public int retryAfter() {
        return retryAfter;
    }
}
