package io.graphqlfiles;

/** Names that schemas and code must agree on. */
final class FileTypeNames {

    static final String DIRECTIVE = "file";
    static final String STORED_FILE = "StoredFile";
    static final String STORED_FILE_INPUT = "StoredFileInput";
    static final String STORED_FILE_LIST_INPUT = "StoredFileListInput";
    static final String ATTACHES_FILES = "attachesFiles";
    static final String DELETES_FILES = "deletesFiles";
    static final String UPLOAD = "Upload";
    static final String FILE_UPLOAD = "FileUpload";
    static final String FILE_UPLOAD_PART = "FileUploadPart";
    static final String URL = "URL";
    static final String LONG = "Long";
    static final String DATE_TIME = "DateTime";

    static final String START_FILE_UPLOAD = "startFileUpload";
    static final String FILE_UPLOAD_QUERY = "fileUpload";
    static final String COMPLETE_FILE_UPLOAD = "completeFileUpload";
    static final String ABORT_FILE_UPLOAD = "abortFileUpload";
    static final String URL_FOR_FILE = "urlForFile";
    static final String FILE_FIELDS = "fileFields";

    private FileTypeNames() {}
}
