package io.graphqlfiles.storage.gcs.server;

/** A request is answered with an error. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;
    private final String code;

    /**
     * @param reason what the JSON API calls it
     * @param code what the XML API calls it
     */
    Refusal(int status, String reason, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
        this.code = code;
    }

    static Refusal invalid(String code, String message) {
        return new Refusal(400, "invalid", code, message);
    }

    static Refusal noObject(String name) {
        return new Refusal(404, "notFound", "NoSuchKey", "No such object: " + name);
    }

    static Refusal noUpload() {
        return new Refusal(404, "notFound", "NoSuchUpload", "The requested upload was not found.");
    }

    static Refusal condition() {
        return new Refusal(
                412, "conditionNotMet", "PreconditionFailed", "At least one of the pre-conditions did not hold.");
    }

    static Refusal anonymous() {
        return new Refusal(401, "required", "AuthenticationRequired", "Anonymous caller has no access.");
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    String code() {
        return code;
    }
}
