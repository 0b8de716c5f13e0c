package io.graphqlfiles.attachments.jdbc;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentChange;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The changes of one call of {@link JdbcAttachmentStore#change}: of different slots, all or none. */
final class SlotChanges {

    private final List<AttachmentEdit> edits;
    /** In the order in which slots are locked. */
    private final TreeMap<AttachmentSlot, AttachmentEdit> bySlot = new TreeMap<>();

    private final Instant dueAt;

    /** @throws IllegalArgumentException if two edits are of one slot, or a slot cannot be stored */
    SlotChanges(List<AttachmentEdit> edits, Instant dueAt) {
        this.edits = List.copyOf(edits);
        this.dueAt = requireNonNull(dueAt, "dueAt");
        for (AttachmentEdit edit : this.edits) {
            AttachmentSlot slot = edit.slot();
            if (!StoredText.isStorable(slot.ownerId())) {
                throw new IllegalArgumentException(
                        "ownerId: expected text without the character 0 and without halves of characters");
            }
            if (bySlot.put(slot, edit) != null) {
                throw new IllegalArgumentException("edits: expected different slots, found " + slot + " twice");
            }
        }
    }

    List<AttachmentChange> make(SqlSession session) throws SQLException {
        AttachmentRows rows = new AttachmentRows(session);
        Map<AttachmentSlot, List<AttachedFile>> present = lockAndRead(session, rows);
        Map<AttachmentSlot, AttachmentChange> changes = new TreeMap<>();
        bySlot.forEach((slot, edit) -> {
            List<AttachedFile> before = requireNonNull(present.get(slot));
            changes.put(slot, new AttachmentChange(slot, before, edit.edit().apply(before)));
        });
        requireDifferentBlobs(changes.values());
        // What is attached already is refused by the first step, so it must not have been discarded before.
        for (AttachmentChange change : changes.values()) {
            attachNew(rows, change);
        }
        for (AttachmentChange change : changes.values()) {
            moveKept(rows, change);
            if (requireNonNull(bySlot.get(change.slot())).keeps()) {
                rows.keep(change.discarded(), dueAt);
            } else {
                rows.discard(change.discarded(), dueAt);
            }
        }
        return edits.stream()
                .map(edit -> requireNonNull(changes.get(edit.slot())))
                .toList();
    }

    /** All are locked before the first edit is asked, so that whoever waits has nothing to undo. */
    private Map<AttachmentSlot, List<AttachedFile>> lockAndRead(SqlSession session, AttachmentRows rows)
            throws SQLException {
        record Owner(String type, String id) {}
        Map<Owner, Boolean> isPresent = new HashMap<>();
        for (AttachmentSlot slot : bySlot.keySet()) {
            Owner owner = new Owner(slot.ownerType(), slot.ownerId());
            if (!isPresent.containsKey(owner)) {
                isPresent.put(owner, session.dialect().lockOwner(session, owner.type(), owner.id()));
            }
        }
        Map<AttachmentSlot, List<AttachedFile>> files = new HashMap<>();
        for (AttachmentSlot slot : bySlot.keySet()) {
            boolean plain = requireNonNull(isPresent.get(new Owner(slot.ownerType(), slot.ownerId())));
            files.put(slot, List.copyOf(rows.files(slot, !plain)));
        }
        return files;
    }

    private static void requireDifferentBlobs(Collection<AttachmentChange> changes) {
        Set<BlobReference> named = new HashSet<>();
        for (AttachmentChange change : changes) {
            for (AttachedFile file : change.after()) {
                if (!named.add(file.blob())) {
                    throw new IllegalArgumentException("edits: " + file.blob() + " is named twice");
                }
            }
        }
    }

    private static void attachNew(AttachmentRows rows, AttachmentChange change) throws SQLException {
        Set<BlobReference> fresh = new HashSet<>(change.attached());
        List<AttachedFile> after = change.after();
        for (int position = 0; position < after.size(); position++) {
            AttachedFile file = after.get(position);
            if (fresh.contains(file.blob()) && !rows.attach(change.slot(), position, file)) {
                throw new AttachmentConflictException(
                        file.blob() + ": not announced or kept, or not any more. A file that another record has is"
                                + " copied with Attachments.copyOf; it cannot be moved",
                        null);
            }
        }
    }

    private static void moveKept(AttachmentRows rows, AttachmentChange change) throws SQLException {
        Set<BlobReference> fresh = new HashSet<>(change.attached());
        List<AttachedFile> before = change.before();
        List<AttachedFile> after = new ArrayList<>(change.after());
        for (int position = 0; position < after.size(); position++) {
            AttachedFile file = after.get(position);
            boolean same = position < before.size() && before.get(position).equals(file);
            if (!same && !fresh.contains(file.blob())) {
                rows.move(position, file);
            }
        }
    }
}
