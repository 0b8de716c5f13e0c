-- Which stores of files this database knows: io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore, on MySQL 8.0.17 or newer.

-- One row for each store: the identity that it bears itself, too.
CREATE TABLE IF NOT EXISTS graphql_files_store (
    blob_store     varchar(32) NOT NULL,
    store_identity varchar(64) NOT NULL,
    PRIMARY KEY (blob_store)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
