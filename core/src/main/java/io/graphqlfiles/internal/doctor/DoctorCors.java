package io.graphqlfiles.internal.doctor;

import io.graphqlfiles.spi.SignedRequest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Asks what browsers ask before scripts of other origins may send and read.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
final class DoctorCors {

    /** Stands for all origins where all are allowed. */
    private static final String ANY_ORIGIN = "https://any-origin.example";

    private static final String ADVICE = "Set up CORS as shown in the set-up; services can take minutes to follow.";

    private static final String ETAG_ADVICE =
            "Uppy waits for ever for an ETag that it may not read, and other clients made for S3 want it; the library's"
                    + " own upload module does not. Expose ETag as shown in the set-up.";

    private final ExaminedStore examined;
    private final DoctorFindings findings;
    private final DoctorHttp http;

    DoctorCors(ExaminedStore examined, DoctorFindings findings, DoctorHttp http) {
        this.examined = examined;
        this.findings = findings;
        this.http = http;
    }

    /** Requests permission to send a signed request, with exactly its headers, for every allowed origin. */
    void preflights(String what, SignedRequest request) throws IOException {
        Set<String> names = request.headers().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String origin : origins()) {
            report(what, origin, preflight(request.method(), request.url(), names, origin));
        }
    }

    /** Reads as the scripts of every allowed origin do, and asks for permission to, as for a read with headers. */
    void download(URI signed) throws IOException {
        for (String origin : origins()) {
            List<String> missing = preflight("GET", signed, Set.of(), origin);
            DoctorHttp.Answer answer = http.send("GET", signed, Map.of("Origin", origin), null);
            if (missing.isEmpty() && !allowsOrigin(answer, origin)) {
                missing = List.of("the answer itself lacks Access-Control-Allow-Origin");
            }
            report("downloads", origin, missing);
        }
    }

    /**
     * Sends a part as the scripts of every allowed origin do. Says nothing of an origin whose scripts may not read the
     * answer at all: the preflight reports that.
     */
    void entityTags(SignedRequest part, String content) throws IOException {
        for (String origin : origins()) {
            Map<String, String> headers = new LinkedHashMap<>(part.headers());
            headers.put("Origin", origin);
            DoctorHttp.Answer answer = http.send(part.method(), part.url(), headers, content);
            if (!answer.isSuccess() || !allowsOrigin(answer, origin)) {
                continue;
            }
            String check = "ETag of parts for " + named(origin);
            if (lists(answer, "access-control-expose-headers", "etag"::equalsIgnoreCase)) {
                findings.ok(check, "scripts can read it");
            } else {
                findings.warning(check, "Access-Control-Expose-Headers lacks ETag", ETAG_ADVICE);
            }
        }
    }

    private void report(String what, String origin, List<String> missing) {
        String check = "CORS of " + what + " for " + named(origin);
        if (missing.isEmpty()) {
            findings.ok(check, "allowed");
        } else {
            findings.problem(check, String.join("; ", missing), ADVICE);
        }
    }

    /** @return what a browser would miss in the answer; empty if it would go on */
    private List<String> preflight(String method, URI url, Set<String> headerNames, String origin) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Origin", origin);
        headers.put("Access-Control-Request-Method", method);
        if (!headerNames.isEmpty()) {
            headers.put("Access-Control-Request-Headers", String.join(",", headerNames));
        }
        DoctorHttp.Answer answer = http.send("OPTIONS", url, headers, null);
        if (!answer.isSuccess()) {
            return List.of("the preflight for " + method + " was refused, " + answer.describe());
        }
        if (!allowsOrigin(answer, origin)) {
            return List.of("the preflight for " + method + " was not answered with Access-Control-Allow-Origin");
        }
        List<String> missing = new ArrayList<>();
        if (!lists(answer, "access-control-allow-methods", method::equals)) {
            missing.add("Access-Control-Allow-Methods lacks " + method);
        }
        for (String name : headerNames) {
            if (!lists(answer, "access-control-allow-headers", name::equalsIgnoreCase)) {
                missing.add("Access-Control-Allow-Headers lacks " + name);
            }
        }
        return missing;
    }

    private static String named(String origin) {
        return origin.equals(ANY_ORIGIN) ? "all origins" : origin;
    }

    private List<String> origins() {
        List<String> allowed = examined.use().allowedOrigins();
        return allowed.contains("*") ? List.of(ANY_ORIGIN) : allowed;
    }

    private static boolean allowsOrigin(DoctorHttp.Answer answer, String origin) {
        String allowed = answer.header("access-control-allow-origin");
        return allowed.equals("*") || allowed.equals(origin);
    }

    private static boolean lists(DoctorHttp.Answer answer, String header, Predicate<String> wanted) {
        return Arrays.stream(answer.header(header).split(","))
                .map(String::strip)
                .anyMatch(found -> found.equals("*") || wanted.test(found));
    }
}
