package io.graphqlfiles.internal.doctor;

import io.graphqlfiles.maintenance.FileStoreReport;
import io.graphqlfiles.maintenance.FileStoreReport.Finding.Outcome;
import io.graphqlfiles.spi.BlobStoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What has been found out about one store so far. */
final class DoctorFindings {

    private final String store;
    private final List<FileStoreReport.Finding> findings = new ArrayList<>();

    DoctorFindings(String store) {
        this.store = store;
    }

    /** A check that may fail. */
    interface Check {
        void run() throws IOException;
    }

    List<FileStoreReport.Finding> all() {
        return List.copyOf(findings);
    }

    void ok(String check, String detail) {
        add(check, Outcome.OK, detail, "");
    }

    void notChecked(String check, String reason) {
        add(check, Outcome.NOT_CHECKED, reason, "");
    }

    void warning(String check, String detail, String advice) {
        add(check, Outcome.WARNING, detail, advice);
    }

    /** @param advice unless the detail suggests a better one */
    void problem(String check, String detail, String advice) {
        add(check, Outcome.PROBLEM, detail, DoctorAdvice.of(detail, advice));
    }

    /** Runs a check; that it fails is a problem. */
    void attempt(String check, String advice, Check work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            problem(check, describe(e), advice);
        }
    }

    /** One line without what stores and servers may not say: their exceptions keep to {@link BlobStoreException}. */
    static String describe(Exception failure) {
        String message = failure instanceof BlobStoreException || failure instanceof DoctorHttp.UnreachableException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }

    private void add(String check, Outcome outcome, String detail, String advice) {
        findings.add(new FileStoreReport.Finding(store, check, outcome, detail, advice));
    }
}
