-- Which stores of files this database knows: io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore, on H2.

-- One row for each store: the identity that it bears itself, too.
CREATE TABLE IF NOT EXISTS graphql_files_store (
    blob_store     varchar_casesensitive(32) NOT NULL,
    store_identity varchar_casesensitive(64) NOT NULL,
    PRIMARY KEY (blob_store)
);
