package io.graphqlfiles.internal.types;

/** Names that schemas and code must agree on. */
public final class FileTypeNames {

    public static final String DIRECTIVE = "file";
    public static final String STORED_FILE = "StoredFile";
    public static final String VARIANT_DIRECTIVE = "variant";
    public static final String FILE_VARIANT = "FileVariant";
    public static final String STORED_FILE_INPUT = "StoredFileInput";
    public static final String STORED_FILE_LIST_INPUT = "StoredFileListInput";
    public static final String ATTACHES_FILES = "attachesFiles";
    public static final String DELETES_FILES = "deletesFiles";
    public static final String UPLOAD = "Upload";
    public static final String FILE_UPLOAD = "FileUpload";
    public static final String FILE_UPLOAD_PART = "FileUploadPart";
    static final String URL = "URL";
    static final String LONG = "Long";
    static final String DATE_TIME = "DateTime";

    public static final String START_FILE_UPLOAD = "startFileUpload";
    public static final String FILE_UPLOAD_QUERY = "fileUpload";
    public static final String COMPLETE_FILE_UPLOAD = "completeFileUpload";
    public static final String ABORT_FILE_UPLOAD = "abortFileUpload";
    public static final String URL_FOR_FILE = "urlForFile";
    public static final String TUS_ENDPOINT = "tusEndpoint";
    public static final String FILE_FIELDS = "fileFields";

    private FileTypeNames() {}
}
