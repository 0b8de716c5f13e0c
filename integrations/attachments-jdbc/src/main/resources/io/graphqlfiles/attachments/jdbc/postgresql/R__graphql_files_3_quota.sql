-- Whom files count for: io.graphqlfiles.attachments.jdbc.JdbcFileQuota, on PostgreSQL.

-- One row for each file that counts. It goes with the file's own row.
CREATE TABLE IF NOT EXISTS graphql_files_quota (
    blob_store    varchar(32) COLLATE "C" NOT NULL,
    blob_key      varchar(324) COLLATE "C" NOT NULL,
    quota_subject varchar(255) COLLATE "C" NOT NULL,
    byte_size     bigint NOT NULL,
    PRIMARY KEY (blob_store, blob_key),
    FOREIGN KEY (blob_store, blob_key) REFERENCES graphql_files_attachment (blob_store, blob_key) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS graphql_files_ix_subject
    ON graphql_files_quota (quota_subject);
