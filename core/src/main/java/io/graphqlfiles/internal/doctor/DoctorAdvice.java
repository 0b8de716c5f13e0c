package io.graphqlfiles.internal.doctor;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What to do about what a server has answered, where status or error code say it better than the check that failed:
 * most of what goes wrong at the first attempt has nothing to do with permissions.
 */
final class DoctorAdvice {

    /** How stores say which status an answer had. */
    private static final String ANSWERED = "(?:status|answered) ";

    /** The first that is found in the detail of a finding counts. */
    private static final List<Row> TABLE = List.of(
            row(
                    "XAmzContentSHA256Mismatch|InvalidChunkSizeError|XAmzContentChecksumMismatch|InvalidDigest",
                    "The server cannot read the checksums or chunks that the SDK sends by default: set"
                            + " graphql.files.s3.compatible, or configure the client as \"Servers other than Amazon's\" in"
                            + " docs/s3.md shows."),
            row(
                    "HTTP client UrlConnection",
                    "The SDK's UrlConnectionHttpClient sends no Content-Length with requests that have no body, such as"
                            + " copies, and this server wants one. Use another HTTP client, such as apache5-client."),
            row(
                    ANSWERED + "411|MissingContentLength",
                    "A request has lost its Content-Length in transit: make sure that no proxy changes it, or use another HTTP"
                            + " client, such as apache5-client."),
            row(
                    "SignatureDoesNotMatch",
                    "The access key is known, and the signature is not what the server computes: see that the secret key"
                            + " and the region are right, and that no proxy changes host or path of requests."),
            row(
                    "InvalidAccessKeyId|InvalidSecurity|" + ANSWERED + "401",
                    "The server does not know the access key: check the credentials."),
            row("ExpiredToken|TokenRefreshRequired", "The credentials have ended: get new ones."),
            row("RequestTimeTooSkewed", "Set the clock of this machine, or that of the server."),
            row(
                    ANSWERED + "501|NotImplemented",
                    "The server does not know something that was asked of it, for example writes that create only"
                            + " (If-None-Match: *). Use a newer version of it, or another server."),
            row(
                    "NoSuchBucket|no such bucket|answered 404",
                    "There is no such bucket at this address: create it, or correct its name, the endpoint or path-style."),
            row(
                    ANSWERED + "30[178]|PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint",
                    "The bucket is in another region, or at another address: correct region and endpoint."),
            row(
                    "expected an answer|gave no answer",
                    "No answer came, so permissions are not what is wrong: see that the endpoint and the network are"
                            + " right, that the server is up, and that credentials can be fetched."),
            row(
                    "AccessControlListNotSupported",
                    "The bucket takes no ACLs: let its policy make public files readable, and switch object-acls off."));

    private DoctorAdvice() {}

    /** The advice for a finding; another one where the detail does not say. */
    static String of(String detail, String otherwise) {
        return TABLE.stream()
                .filter(row -> row.pattern.matcher(detail).find())
                .map(Row::advice)
                .findFirst()
                .orElse(otherwise);
    }

    private static Row row(String pattern, String advice) {
        return new Row(Pattern.compile(pattern), advice);
    }

    private record Row(Pattern pattern, String advice) {}
}
