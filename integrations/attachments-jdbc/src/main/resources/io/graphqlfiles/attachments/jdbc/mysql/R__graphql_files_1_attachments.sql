-- Files that belong to records: io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore, on MySQL 8.0.17 or newer.
-- The collation compares names exactly: case, accents and blanks at the end count.

-- One row for each blob, from before its bytes are written until after they are deleted.
CREATE TABLE IF NOT EXISTS graphql_files_attachment (
    blob_store    varchar(32)  NOT NULL,
    blob_key      varchar(324) NOT NULL,
    state         varchar(9)   NOT NULL CHECK (state IN ('ANNOUNCED', 'ATTACHED', 'DISCARDED')),
    -- Attached: where, and what is known of the file.
    owner_type    varchar(128),
    owner_id      varchar(255),
    field_name    varchar(128),
    list_position integer,
    file_json     varchar(4000),
    -- Times are UTC.
    announced_at  datetime(6) NOT NULL,
    -- Discarded: since when it is to be deleted, and until when somebody is at it. One that still says where it was
    -- attached is kept: it can be restored until somebody deletes it. Attached: since when something is to be done with
    -- it, a review for example.
    due_at        datetime(6),
    leased_until  datetime(6),
    PRIMARY KEY (blob_store, blob_key),
    INDEX graphql_files_ix_owner (owner_type, owner_id, field_name, list_position),
    INDEX graphql_files_ix_announced (state, announced_at),
    INDEX graphql_files_ix_discarded (state, due_at),
    CHECK (state <> 'ATTACHED' OR (owner_type IS NOT NULL AND owner_id IS NOT NULL AND field_name IS NOT NULL
        AND list_position IS NOT NULL AND file_json IS NOT NULL)),
    CHECK (state <> 'DISCARDED' OR due_at IS NOT NULL)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- One row for each record that has, or had, files: what a change locks. It goes with the record.
CREATE TABLE IF NOT EXISTS graphql_files_owner (
    owner_type varchar(128) NOT NULL,
    owner_id   varchar(255) NOT NULL,
    -- The same for all spellings of an id: IdSpelling.fingerprint.
    id_fingerprint varchar(32) NOT NULL,
    changes    bigint NOT NULL,
    PRIMARY KEY (owner_type, owner_id),
    INDEX graphql_files_ix_fingerprint (owner_type, id_fingerprint)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
