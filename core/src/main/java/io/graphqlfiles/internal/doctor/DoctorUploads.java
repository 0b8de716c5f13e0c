package io.graphqlfiles.internal.doctor;

import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.DirectPartAccess;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.UploadedPart;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Direct uploads, whole and in parts, sent as clients send them. */
final class DoctorUploads {

    private static final String WHOLE = "signed upload";
    private static final String UNSIGNED = "upload without signature";
    private static final String PARTS = "signed upload in parts";
    private static final String SIGNING_ADVICE =
            "See that the server's address, its region and the credentials are those that the store signs for, and that"
                    + " the clocks agree.";

    private final ExaminedStore examined;
    private final DoctorFindings findings;
    private final DoctorHttp http;
    private final DoctorBlobs blobs;
    private final DoctorCors cors;

    DoctorUploads(
            ExaminedStore examined, DoctorFindings findings, DoctorHttp http, DoctorBlobs blobs, DoctorCors cors) {
        this.examined = examined;
        this.findings = findings;
        this.http = http;
        this.blobs = blobs;
        this.cors = cors;
    }

    void examine() {
        findings.attempt(WHOLE, SIGNING_ADVICE, this::sendWhole);
        findings.attempt(UNSIGNED, SIGNING_ADVICE, this::sendUnsigned);
        if (examined.store() instanceof PartUploads parts && examined.access() instanceof DirectPartAccess access) {
            findings.attempt(PARTS, SIGNING_ADVICE, () -> sendPart(parts, access));
        }
    }

    private void sendWhole() throws IOException {
        String key = blobs.newKey(FileKeys.STAGED);
        SignedRequest request = examined.signPut(key);
        DoctorHttp.Answer answer = send(request);
        BlobInfo received = answer.isSuccess() ? examined.store().stat(key) : null;
        report(WHOLE, answer, received);
        cors.preflights("uploads", request);
    }

    private void sendUnsigned() throws IOException {
        SignedRequest request = examined.signPut(blobs.newKey(FileKeys.STAGED));
        DoctorHttp.Answer answer = http.send(
                request.method(), ExaminedStore.bare(request.url()), request.headers(), ExaminedStore.CONTENT);
        if (answer.isSuccess()) {
            findings.problem(
                    UNSIGNED, "the server took it: everyone can write", "Take public write access off the bucket.");
        } else {
            findings.ok(UNSIGNED, "refused, " + answer.describe());
        }
    }

    private void sendPart(PartUploads parts, DirectPartAccess access) throws IOException {
        PartUpload upload = parts.beginParts(new PartUploadRequest(
                blobs.newKey(FileKeys.STAGED),
                ExaminedStore.CONTENT.length(),
                parts.partLimits().minPartByteSize(),
                ExaminedStore.CONTENT_TYPE));
        try {
            SignedRequest signed = access.signPart(new SignPartRequest(
                    upload, 1, ExaminedStore.CONTENT.length(), examined.now(), examined.uploadExpiry()));
            SignedRequest request = new SignedRequest(
                    signed.method(), examined.absolute().apply(signed.url()), signed.headers(), signed.expiresAt());
            // Before the part that counts, as each of these replaces the one before.
            cors.entityTags(request, ExaminedStore.CONTENT);
            DoctorHttp.Answer answer = send(request);
            List<UploadedPart> listed = answer.isSuccess() ? parts.listParts(upload) : List.of();
            if (!listed.isEmpty()) {
                parts.completeParts(upload, listed);
            }
            report(PARTS, answer, listed.isEmpty() ? null : examined.store().stat(upload.key()));
            cors.preflights("parts", request);
        } finally {
            parts.abortParts(upload);
        }
    }

    private DoctorHttp.Answer send(SignedRequest request) throws IOException {
        return http.send(request.method(), request.url(), request.headers(), ExaminedStore.CONTENT);
    }

    private void report(String check, DoctorHttp.Answer answer, @Nullable BlobInfo received) {
        if (!answer.isSuccess()) {
            findings.problem(check, "refused, " + answer.describe(), SIGNING_ADVICE);
        } else if (received == null
                || received.byteSize() != ExaminedStore.CONTENT.length()
                || !received.contentType().equals(ExaminedStore.CONTENT_TYPE)) {
            findings.problem(
                    check,
                    "taken, " + answer.describe() + ", but the store does not have it as it was sent",
                    "See that the address that clients send to is that of the same server and bucket.");
        } else {
            findings.ok(check, "received, " + answer.describe());
        }
    }
}
