package io.graphqlfiles.internal.owner;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.IdSpelling;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Ids of records of one type as the arguments of a call have them, and what is known of them before anything is
 * changed. The application and its database may take one for the id of a record that is spelled in another way.
 */
public final class SuppliedIds {

    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Set<String> owners;
    /** Those of a UUID in other letters, with the spelling under which there are files. */
    private final Map<String, String> sameUuids = new HashMap<>();

    private final Set<String> resembling = new LinkedHashSet<>();
    private final Set<String> texts = new LinkedHashSet<>();

    private SuppliedIds(Set<String> owners) {
        this.owners = owners;
    }

    /**
     * Looks them up.
     *
     * @param given as the data fetcher is given them
     * @throws FileException if one can be none of a record with files
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    public static SuppliedIds lookUp(AttachmentStore rows, String ownerType, Collection<Object> given) {
        // What a scalar has parsed is what it is; a text is what the application and its database make of it.
        Set<String> texts = new LinkedHashSet<>();
        for (Object id : given) {
            if (id instanceof CharSequence) {
                texts.add(possible(ownerType, id.toString()));
            }
        }
        SuppliedIds ids = new SuppliedIds(rows.similarOwners(ownerType, texts));
        texts.forEach(ids::add);
        return ids;
    }

    /** What is longer may still be a spelling of a short one, to which nothing would lead from it. */
    private static String possible(String ownerType, String id) {
        if (!RecordIds.canHaveFiles(id)) {
            throw refused("Expected an id of a " + ownerType + ", of " + RecordIds.EXPECTED + ", found another");
        }
        return id;
    }

    private void add(String id) {
        texts.add(id);
        if (owners.contains(id)) {
            return;
        }
        for (String owner : owners) {
            if (isSameUuid(owner, id)) {
                sameUuids.put(id, owner);
            } else if (IdSpelling.isSimilar(owner, id)) {
                resembling.add(id);
            }
        }
    }

    /** No two records have keys that are the same UUID, in whatever letters. */
    private static boolean isSameUuid(String one, String other) {
        return UUID.matcher(one).matches() && one.equalsIgnoreCase(other);
    }

    /** An id as the files of the record are kept under it, where that is known. */
    public String spelledAsKept(String id) {
        return sameUuids.getOrDefault(id, id);
    }

    /**
     * Makes sure that an id is no spelling of another one under which there are files. Where there are none, nothing
     * can be missed.
     *
     * @throws FileException if it may be one
     */
    public void requireKnown(String id) {
        if (resembling.contains(id)) {
            throw refused("Expected the id in the spelling in which the record has it, found \"" + id + "\"");
        }
    }

    /**
     * Makes sure that the record that the application finds by an id has it in this spelling, whether there are files
     * under it or not.
     *
     * @throws FileException if it may have another one
     */
    public void requireCertain(String id) {
        requireKnown(id);
        boolean isKept = owners.contains(id) || sameUuids.containsKey(id);
        if (texts.contains(id) && !isKept && !IdSpelling.isCanonical(id)) {
            throw refused("Expected a whole number or a UUID in small letters, as the answer will not show how the "
                    + "record spells its id, found \"" + id + "\"");
        }
    }

    private static FileException refused(String problem) {
        return new FileException(FileErrorCode.FILE_RECORD_NOT_FOUND, problem + "; nothing was changed.");
    }
}
