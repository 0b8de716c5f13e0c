package io.graphqlfiles.internal.doctor;

import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.spi.BeginParts;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.SignPart;
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

    private final DoctorPatient patient;
    private final DoctorFindings findings;
    private final DoctorHttp http;
    private final DoctorBlobs blobs;
    private final DoctorCors cors;

    DoctorUploads(DoctorPatient patient, DoctorFindings findings, DoctorHttp http, DoctorBlobs blobs, DoctorCors cors) {
        this.patient = patient;
        this.findings = findings;
        this.http = http;
        this.blobs = blobs;
        this.cors = cors;
    }

    void examine() {
        findings.attempt(WHOLE, SIGNING_ADVICE, this::sendWhole);
        findings.attempt(UNSIGNED, SIGNING_ADVICE, this::sendUnsigned);
        if (patient.store() instanceof PartUploads parts) {
            findings.attempt(PARTS, SIGNING_ADVICE, () -> sendPart(parts));
        }
    }

    private void sendWhole() throws IOException {
        String key = blobs.newKey(FileKeys.STAGED);
        SignedRequest request = patient.signPut(key);
        DoctorHttp.Answer answer = send(request);
        BlobInfo arrived = answer.isSuccess() ? patient.store().stat(key) : null;
        tell(WHOLE, answer, arrived);
        cors.preflights("uploads", request);
    }

    private void sendUnsigned() throws IOException {
        SignedRequest request = patient.signPut(blobs.newKey(FileKeys.STAGED));
        DoctorHttp.Answer answer = http.send(
                request.method(), DoctorPatient.bare(request.url()), request.headers(), DoctorPatient.CONTENT);
        if (answer.isSuccess()) {
            findings.problem(
                    UNSIGNED, "the server took it: everyone can write", "Take public write access off the bucket.");
        } else {
            findings.ok(UNSIGNED, "refused, " + answer.describe());
        }
    }

    private void sendPart(PartUploads parts) throws IOException {
        PartUpload upload = parts.beginParts(new BeginParts(
                blobs.newKey(FileKeys.STAGED),
                DoctorPatient.CONTENT.length(),
                parts.partLimits().minPartByteSize(),
                DoctorPatient.CONTENT_TYPE));
        try {
            SignedRequest signed = patient.access()
                    .signPart(new SignPart(
                            upload, 1, DoctorPatient.CONTENT.length(), patient.now(), patient.uploadExpiry()));
            SignedRequest request = new SignedRequest(
                    signed.method(), patient.absolute().apply(signed.url()), signed.headers(), signed.expiresAt());
            // Before the part that counts, as each of these replaces the one before.
            cors.entityTags(request, DoctorPatient.CONTENT);
            DoctorHttp.Answer answer = send(request);
            List<UploadedPart> listed = answer.isSuccess() ? parts.listParts(upload) : List.of();
            if (!listed.isEmpty()) {
                parts.completeParts(upload, listed);
            }
            tell(PARTS, answer, listed.isEmpty() ? null : patient.store().stat(upload.key()));
            cors.preflights("parts", request);
        } finally {
            parts.abortParts(upload);
        }
    }

    private DoctorHttp.Answer send(SignedRequest request) throws IOException {
        return http.send(request.method(), request.url(), request.headers(), DoctorPatient.CONTENT);
    }

    private void tell(String check, DoctorHttp.Answer answer, @Nullable BlobInfo arrived) {
        if (!answer.isSuccess()) {
            findings.problem(check, "refused, " + answer.describe(), SIGNING_ADVICE);
        } else if (arrived == null
                || arrived.byteSize() != DoctorPatient.CONTENT.length()
                || !arrived.contentType().equals(DoctorPatient.CONTENT_TYPE)) {
            findings.problem(
                    check,
                    "taken, " + answer.describe() + ", but the store does not have it as it was sent",
                    "See that the address that clients send to is that of the same server and bucket.");
        } else {
            findings.ok(check, "arrived, " + answer.describe());
        }
    }
}
