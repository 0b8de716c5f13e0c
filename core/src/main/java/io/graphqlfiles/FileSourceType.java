package io.graphqlfiles;

/** The sources of a file; each is a field of {@code StoredFileInput}. */
public enum FileSourceType {
    /** {@code base64}: the content as text. */
    BASE64("base64"),
    /** {@code file}: a part of a multipart request. */
    FILE("file"),
    /** {@code copyURL}: an address that this server fetches from. */
    COPY_URL("copyURL"),
    /** {@code directUploadToken}: the client has sent the bytes straight to the store. */
    DIRECT_UPLOAD("directUploadToken");

    private final String inputField;

    FileSourceType(String inputField) {
        this.inputField = inputField;
    }

    /** Name of the field in {@code StoredFileInput}. */
    public String inputField() {
        return inputField;
    }
}
