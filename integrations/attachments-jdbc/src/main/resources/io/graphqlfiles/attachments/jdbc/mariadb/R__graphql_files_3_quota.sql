-- Whom files count for: io.graphqlfiles.attachments.jdbc.JdbcFileQuota, on MariaDB 10.6 or newer.

-- One row for each file that counts. It goes with the file's own row.
CREATE TABLE IF NOT EXISTS graphql_files_quota (
    blob_store    varchar(32) NOT NULL,
    blob_key      varchar(324) NOT NULL,
    quota_subject varchar(255) NOT NULL,
    byte_size     bigint NOT NULL,
    PRIMARY KEY (blob_store, blob_key),
    INDEX graphql_files_ix_subject (quota_subject),
    FOREIGN KEY (blob_store, blob_key) REFERENCES graphql_files_attachment (blob_store, blob_key) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
