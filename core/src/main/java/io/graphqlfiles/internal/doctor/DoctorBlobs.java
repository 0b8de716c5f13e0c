package io.graphqlfiles.internal.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.graphqlfiles.internal.blob.BlobPages;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the application itself does with a store: write, read, copy, list, delete. */
final class DoctorBlobs {

    private static final String DISPOSITION = "attachment";
    private static final String COPIES = "create only, by copying";
    private static final String PARTS = "create only, in parts";
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 100;
    private static final String POLICY_ADVICE =
            "Let the application do this: see the set-up for what its credentials must permit.";

    private final ExaminedStore examined;
    private final DoctorFindings findings;
    private final FileKeys keys = new FileKeys();
    private final List<String> used = new ArrayList<>();
    private boolean deletable = true;

    DoctorBlobs(ExaminedStore examined, DoctorFindings findings) {
        this.examined = examined;
        this.findings = findings;
    }

    /** A new key, which {@link #deleteAll} deletes. */
    String newKey(String place) {
        String key = keys.probe(place);
        used.add(key);
        return key;
    }

    /** Writes a blob, and once more to the same key; null if the first failed. */
    @Nullable
    BlobInfo write() {
        PutRequest blob = put(newKey(FileKeys.STAGED));
        try {
            BlobInfo written = write(blob);
            findings.ok("write", blob.byteSize() + " bytes below " + FileKeys.STAGED);
            findings.attempt("create only", POLICY_ADVICE, () -> writeAgain(blob));
            return written;
        } catch (IOException | RuntimeException e) {
            findings.problem("write", DoctorFindings.describe(e), POLICY_ADVICE);
            return null;
        }
    }

    /** Whether what was written can be deleted; if not, that is reported, and nothing more may be written. */
    boolean isDeletable(BlobInfo blob) {
        deletable = false;
        findings.attempt("delete", POLICY_ADVICE + " Left is a key below " + FileKeys.probes("*/"), () -> {
            examined.store().delete(List.of(blob.key()));
            deletable = examined.store().stat(blob.key()) == null;
            if (!deletable) {
                findings.problem("delete", "still there after deletion: " + blob.key(), POLICY_ADVICE);
            }
        });
        return deletable;
    }

    /** The blob that the other checks work with; null if it could not be written. */
    @Nullable
    BlobInfo stage() {
        BlobInfo[] staged = new BlobInfo[1];
        findings.attempt("write", POLICY_ADVICE, () -> staged[0] = write(put(newKey(FileKeys.STAGED))));
        return staged[0];
    }

    private void writeAgain(PutRequest blob) throws IOException {
        try {
            BlobInfo unused = write(blob);
            findings.problem(
                    "create only",
                    "a second write to the same key replaced the blob",
                    "Use a server that honours conditional writes (If-None-Match: *).");
        } catch (BlobAlreadyExistsException e) {
            findings.ok("create only", "a second write to the same key was refused");
        }
    }

    void read(BlobInfo staged) {
        findings.attempt("read", POLICY_ADVICE, () -> {
            BlobInfo found = examined.store().stat(staged.key());
            String whole = text(staged.key(), ByteRange.whole());
            String part = text(staged.key(), new ByteRange(1, 2));
            boolean same = found != null
                    && found.byteSize() == ExaminedStore.CONTENT.length()
                    && found.contentType().equals(ExaminedStore.CONTENT_TYPE)
                    && found.contentDisposition().equals(DISPOSITION)
                    && whole.equals(ExaminedStore.CONTENT)
                    && part.equals(ExaminedStore.CONTENT.substring(1, 3));
            if (same) {
                findings.ok("read", "whole and by range, as written");
            } else {
                findings.problem("read", "what comes back is not what was written", "Use another server.");
            }
        });
    }

    void list(BlobInfo staged) {
        String prefix = FileKeys.probes(FileKeys.STAGED);
        findings.attempt("list", POLICY_ADVICE, () -> {
            BlobPages pages = new BlobPages(examined.store(), prefix, PAGE);
            for (int count = 0; count < MOST_PAGES; count++) {
                if (pages.next().blobs().stream().anyMatch(blob -> blob.key().equals(staged.key()))) {
                    findings.ok("list", "the blob is listed");
                    return;
                }
                if (!pages.hasNext()) {
                    findings.problem(
                            "list",
                            "the blob is not listed",
                            "Use a server that lists what was written; abandoned uploads cannot be swept otherwise.");
                    return;
                }
            }
            findings.notChecked("list", "there are very many blobs below " + prefix);
        });
    }

    /** Asks for what nobody can have left: the sweep must be able to ask. */
    void unfinished() {
        findings.attempt("unfinished uploads", POLICY_ADVICE, () -> {
            int unused = examined.store().removeUnfinishedWrites(Instant.EPOCH);
            findings.ok("unfinished uploads", "the sweep can look for them");
        });
    }

    /** @param kept gets the key of the copy by its visibility, if it could be made */
    void copy(BlobInfo staged, Visibility visibility, Map<Visibility, String> kept) {
        String place = visibility == Visibility.PUBLIC ? FileKeys.PUBLIC : FileKeys.PRIVATE;
        String check = "copy to " + place;
        findings.attempt(check, POLICY_ADVICE, () -> {
            String key = newKey(place);
            examined.store().copy(new CopyRequest(staged, key, ExaminedStore.CONTENT_TYPE, DISPOSITION, visibility));
            if (text(key, ByteRange.whole()).equals(ExaminedStore.CONTENT)) {
                kept.put(visibility, key);
                findings.ok(check, "made inside the store, the same bytes");
            } else {
                findings.problem(check, "the copy has other bytes", "Use another server.");
            }
        });
    }

    /** @param kept keys of the copies that could be made */
    void copyAgain(BlobInfo staged, Map<Visibility, String> kept) {
        String key = kept.get(Visibility.PRIVATE);
        if (key == null) {
            return;
        }
        findings.attempt(COPIES, POLICY_ADVICE, () -> {
            try {
                examined.store()
                        .copy(new CopyRequest(
                                staged, key, ExaminedStore.CONTENT_TYPE, DISPOSITION, Visibility.PRIVATE));
                findings.warning(
                        COPIES,
                        "a second copy to the same key replaced the blob",
                        "Nothing is lost by it, as keys are random and never given out twice; servers honour If-None-Match:"
                                + " * on copies since 2025 at the earliest.");
            } catch (BlobAlreadyExistsException e) {
                findings.ok(COPIES, "a second copy to the same key was refused");
            }
        });
    }

    /** Completes an upload in parts to a key that is taken, as in the races that writes of large files can lose. */
    void completeOver(BlobInfo staged, PartUploads parts) {
        if (!parts.isCreateOnly()) {
            return;
        }
        findings.attempt(PARTS, POLICY_ADVICE, () -> {
            complete(staged.key(), parts);
            if (text(staged.key(), ByteRange.whole()).equals(ExaminedStore.CONTENT)) {
                findings.ok(PARTS, "an upload in parts to a key that is taken did not replace the blob");
            } else {
                findings.problem(
                        PARTS,
                        "an upload in parts replaced the blob under its key, as large files do",
                        "Use a server that honours If-None-Match: * when multipart uploads are completed.");
            }
        });
    }

    private static void complete(String key, PartUploads parts) throws IOException {
        String content = ExaminedStore.CONTENT + ExaminedStore.CONTENT;
        PartUpload upload = parts.beginParts(new PartUploadRequest(
                key, content.length(), parts.partLimits().minPartByteSize(), ExaminedStore.CONTENT_TYPE));
        try {
            UploadedPart part = parts.putPart(
                    new PutPartRequest(upload, 1, content.length()),
                    new ByteArrayInputStream(content.getBytes(ISO_8859_1)));
            parts.completeParts(upload, List.of(part));
        } catch (BlobAlreadyExistsException e) {
            // As it should be. A store that returns the blob that is there is right, too.
        } finally {
            parts.abortParts(upload);
        }
    }

    /** Deletes everything under the keys that were given out, and returns whether that works. */
    void deleteAll() {
        if (!deletable) {
            return;
        }
        findings.attempt("delete", POLICY_ADVICE + " Left are keys below " + FileKeys.probes("*/"), () -> {
            examined.store().delete(used);
            List<String> left = used.stream()
                    .filter(key -> examined.store().stat(key) != null)
                    .toList();
            if (left.isEmpty()) {
                findings.ok("delete", "nothing is left of the examination");
            } else {
                findings.problem("delete", "still there after deletion: " + left, POLICY_ADVICE);
            }
        });
    }

    private BlobInfo write(PutRequest blob) throws IOException {
        return examined.store().put(blob, new ByteArrayInputStream(ExaminedStore.CONTENT.getBytes(ISO_8859_1)));
    }

    private static PutRequest put(String key) {
        return new PutRequest(
                key, ExaminedStore.CONTENT.length(), ExaminedStore.CONTENT_TYPE, DISPOSITION, Visibility.PRIVATE);
    }

    /** @throws BlobStoreException if the store fails */
    private String text(String key, ByteRange range) throws IOException {
        try (InputStream in = examined.store().open(key, range)) {
            return new String(in.readNBytes(ExaminedStore.CONTENT.length() + 1), ISO_8859_1);
        }
    }
}
