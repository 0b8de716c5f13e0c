package io.graphqlfiles.internal.doctor;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All checks of one store, in an order in which each has what it needs. */
final class StoreExamination {

    private final DoctorPatient patient;
    private final DoctorFindings findings;
    private final DoctorHttp http;
    private final DoctorBlobs blobs;

    StoreExamination(DoctorPatient patient, DoctorFindings findings, DoctorHttp http) {
        this.patient = patient;
        this.findings = findings;
        this.http = http;
        this.blobs = new DoctorBlobs(patient, findings);
    }

    /** Finds out everything, and leaves nothing behind. */
    void examine() {
        try {
            BlobInfo staged = blobs.write();
            if (staged == null) {
                findings.notChecked("everything else that needs a blob", "nothing could be written");
            } else if (!blobs.isDeletable(staged)) {
                findings.notChecked("everything else that needs a blob", "more blobs would be left behind");
            } else {
                examine(blobs.stage());
            }
        } finally {
            blobs.deleteAll();
        }
        new DoctorLifecycle(patient, findings).examine();
    }

    private void examine(@Nullable BlobInfo staged) {
        if (staged == null) {
            return;
        }
        blobs.read(staged);
        blobs.list(staged);
        blobs.unfinished();
        Map<Visibility, String> kept = new EnumMap<>(Visibility.class);
        blobs.copy(staged, Visibility.PRIVATE, kept);
        if (patient.use().publicBlobs()) {
            blobs.copy(staged, Visibility.PUBLIC, kept);
        }
        blobs.copyAgain(staged, kept);
        if (patient.store() instanceof PartUploads parts) {
            blobs.completeOver(staged, parts);
        }
        findings.attempt(
                "signing",
                "Give the store's client credentials that can sign.",
                () -> examineOverHttp(staged.key(), kept));
    }

    private void examineOverHttp(String staged, Map<Visibility, String> kept) {
        URI url = patient.signGet(staged, Visibility.PRIVATE);
        if (!url.isAbsolute()) {
            findings.notChecked(
                    "uploads and downloads over HTTP, CORS",
                    "the library's own endpoint serves this store, and no base URL is configured to reach it by");
            return;
        }
        DoctorCors cors = new DoctorCors(patient, findings, http);
        if (patient.use().directUploads()) {
            new DoctorUploads(patient, findings, http, blobs, cors).examine();
        }
        new DoctorReads(patient, findings, http, cors).examine(staged, kept);
    }
}
