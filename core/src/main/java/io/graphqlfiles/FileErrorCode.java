package io.graphqlfiles;

/** What a client finds in {@code extensions.code} of an error about a file. The names are stable. */
public enum FileErrorCode {
    /** None of the four sources was given, or more than one. */
    FILE_SOURCE_INVALID,
    /** More bytes than the field, the source or the request allows. */
    FILE_TOO_LARGE,
    /** The file is of a type that the field does not accept. */
    FILE_TYPE_NOT_ACCEPTED,
    /** The file name is empty, too long, or holds what no file name may hold. */
    FILE_NAME_INVALID,
    /** A rule of the application or the field was broken; the message says which. */
    FILE_INVALID,
    /** A check of the application's own could not be made: the server's fault, and trying again later may help. */
    FILE_CHECK_FAILED,
    /** More files than the field or the request allows. */
    FILE_COUNT_EXCEEDED,
    /** It would take more than the user, or whoever the application counts for, may have. */
    FILE_QUOTA_EXCEEDED,
    /** Another change of the same files, or of their record, came first; look at them again, and try again. */
    FILE_CONFLICT,
    /** The record that the file was to belong to, or that was to be deleted, is not there under this id. */
    FILE_RECORD_NOT_FOUND,
    /** The text is not base64. */
    FILE_BASE64_INVALID,
    /** The multipart request has no part, or no intact part, for the upload. */
    FILE_UPLOAD_MISSING,
    /** The part was read before: one part gives its bytes once for each place that the map names. */
    FILE_UPLOAD_CONSUMED,
    /** The direct upload was not received, or only in part. */
    FILE_UPLOAD_INCOMPLETE,
    /** It is not a token, or not one for this field. */
    FILE_TOKEN_INVALID,
    /** The token has expired. */
    FILE_TOKEN_EXPIRED,
    /** The text is no http or https URL, or leads to a place that this server does not copy from. */
    FILE_URL_FORBIDDEN,
    /** Nothing, or nothing usable, was answered at the URL. */
    FILE_URL_UNREACHABLE,
    /** The server does as much of this kind as it may at once; trying again in a moment helps. */
    FILE_SERVER_BUSY,
    /** The token belongs to a user, and nobody is signed in. It is valid again after that user signs in. */
    FILE_UNAUTHENTICATED,
    /** The application does not permit this, or the token is another user's. */
    FILE_FORBIDDEN,
    /** The store did not do its work; trying again later may help. */
    FILE_STORE_UNAVAILABLE
}
