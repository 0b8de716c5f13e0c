package io.graphqlfiles.internal.doctor;

import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.spi.BucketSetup;
import io.graphqlfiles.spi.Visibility;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reading by URL: what is private with a signature only, what is public without one. */
final class DoctorReads {

    private static final String SIGNED = "signed download";
    private static final String PUBLIC = "public download";
    private static final String LISTED = "listing without signature";
    /** Of S3 and of Google Cloud Storage's XML API. */
    private static final Pattern LISTING = Pattern.compile("<ListBucketResult[\\s>]");

    private final ExaminedStore examined;
    private final DoctorFindings findings;
    private final DoctorHttp http;
    private final DoctorCors cors;

    DoctorReads(ExaminedStore examined, DoctorFindings findings, DoctorHttp http, DoctorCors cors) {
        this.examined = examined;
        this.findings = findings;
        this.http = http;
        this.cors = cors;
    }

    /** @param kept keys of the copies that could be made */
    void examine(String staged, Map<Visibility, String> kept) {
        String privateKey = kept.get(Visibility.PRIVATE);
        String publicKey = kept.get(Visibility.PUBLIC);
        if (privateKey != null) {
            findings.attempt(
                    SIGNED, "See that the server's address is one that clients reach.", () -> readSigned(privateKey));
        }
        URI publicUrl = null;
        if (publicKey != null) {
            URI url = examined.signGet(publicKey, Visibility.PUBLIC);
            publicUrl = url;
            findings.attempt(PUBLIC, "See that the public base URL leads to the bucket.", () -> readPublic(url));
        }
        refused("private files without signature", privateKey, publicKey, publicUrl);
        refused("staged uploads without signature", staged, publicKey, publicUrl);
        if (examined.store() instanceof BucketSetup) {
            unlisted(staged, publicUrl);
        }
    }

    /**
     * A listing shows everybody the keys, and nothing else keeps public files from being found. Where the bucket ends
     * and a key begins in a URL only the store knows; whatever lists at none of its places lists nowhere.
     */
    private void unlisted(String staged, @Nullable URI publicUrl) {
        findings.attempt(LISTED, "See that the server's address is one that clients reach.", () -> {
            Set<URI> places = new LinkedHashSet<>();
            addPlaces(places, ExaminedStore.bare(examined.signGet(staged, Visibility.PRIVATE)));
            if (publicUrl != null) {
                addPlaces(places, ExaminedStore.bare(publicUrl));
            }
            for (URI place : places) {
                DoctorHttp.Answer answer = http.send("GET", place, Map.of(), null);
                if (answer.isSuccess() && LISTING.matcher(answer.body()).find()) {
                    findings.problem(
                            LISTED,
                            "everyone can list the bucket at " + place.getScheme() + "://" + place.getRawAuthority(),
                            "Let everyone read below " + FileKeys.PUBLIC
                                    + " and list nothing: see the set-up for the permission.");
                    return;
                }
            }
            findings.ok(LISTED, "refused");
        });
    }

    /** All directories above. */
    private static void addPlaces(Set<URI> places, URI url) {
        for (URI place = url.resolve("."); places.add(place); place = place.resolve("..")) {
            if (place.getRawPath().equals("/")) {
                return;
            }
        }
    }

    private void readSigned(String key) throws IOException {
        URI url = examined.signGet(key, Visibility.PRIVATE);
        DoctorHttp.Answer answer = http.send("GET", url, Map.of(), null);
        if (isContent(answer)) {
            findings.ok(SIGNED, answer.describe());
        } else {
            findings.problem(
                    SIGNED,
                    answer.describe(),
                    "See that the credentials that sign may read, and that the server's clock and ours agree.");
        }
        cors.download(url);
    }

    private void readPublic(URI url) throws IOException {
        DoctorHttp.Answer answer = http.send("GET", url, Map.of(), null);
        if (isContent(answer)) {
            findings.ok(PUBLIC, "everyone can read below " + FileKeys.PUBLIC);
        } else {
            findings.problem(
                    PUBLIC,
                    "expected the file, found " + answer.describe(),
                    "Let everyone read below " + FileKeys.PUBLIC + ", and only there: see the set-up.");
        }
    }

    /** By the store's own address and by that of public files, which may be a CDN with rights of its own. */
    private void refused(String check, @Nullable String key, @Nullable String publicKey, @Nullable URI publicUrl) {
        if (key == null) {
            return;
        }
        findings.attempt(check, "See that the server's address is one that clients reach.", () -> {
            Set<URI> urls = new LinkedHashSet<>();
            urls.add(ExaminedStore.bare(examined.signGet(key, Visibility.PRIVATE)));
            if (publicUrl != null && publicKey != null && publicUrl.toString().endsWith(publicKey)) {
                String base = publicUrl.toString();
                urls.add(URI.create(base.substring(0, base.length() - publicKey.length()) + key));
            }
            for (URI url : urls) {
                DoctorHttp.Answer answer = http.send("GET", url, Map.of(), null);
                if (answer.isSuccess()) {
                    findings.problem(
                            check,
                            "everyone can read them at " + url.getScheme() + "://" + url.getRawAuthority(),
                            "Take public access off everything but " + FileKeys.PUBLIC + ".");
                    return;
                }
            }
            findings.ok(check, "refused");
        });
    }

    private static boolean isContent(DoctorHttp.Answer answer) {
        return answer.status() == 200 && answer.body().equals(ExaminedStore.CONTENT);
    }
}
