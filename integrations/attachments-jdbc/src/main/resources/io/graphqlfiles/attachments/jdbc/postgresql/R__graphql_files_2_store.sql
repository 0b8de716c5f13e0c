-- Which stores of files this database knows: io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore, on PostgreSQL.

-- One row for each store: the identity that it bears itself, too.
CREATE TABLE IF NOT EXISTS graphql_files_store (
    blob_store     varchar(32) COLLATE "C" NOT NULL,
    store_identity varchar(64) COLLATE "C" NOT NULL,
    PRIMARY KEY (blob_store)
);
