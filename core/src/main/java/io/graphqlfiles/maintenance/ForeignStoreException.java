package io.graphqlfiles.maintenance;

/**
 * A blob store is not the one that the database knows by its name, so that files of one would be looked for, and
 * deleted, in the other. For the operator: {@code docs/attachments.md} says what to do.
 */
public final class ForeignStoreException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * Returns what was expected.
     *
     * @param store its name
     * @param identityKey where its identity is kept
     * @param hasIdentity whether it has another one
     */
    public ForeignStoreException(String store, String identityKey, boolean hasIdentity) {
        super("Store \"" + store
                + "\" is not the one whose attached files this database keeps: expected its identity at "
                + identityKey + ", found " + (hasIdentity ? "another" : "none")
                + ". If two applications share the tables, give each store a name of its own, or each application its"
                + " own schema. If the store was emptied or replaced on purpose, delete its row from"
                + " graphql_files_store, where the database keeps the identity.");
    }
}
