-- Files that belong to records: io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore, on PostgreSQL.

-- One row for each blob, from before its bytes are written until after they are deleted.
CREATE TABLE IF NOT EXISTS graphql_files_attachment (
    blob_store    varchar(32)  COLLATE "C" NOT NULL,
    blob_key      varchar(324) COLLATE "C" NOT NULL,
    state         varchar(9)   COLLATE "C" NOT NULL CHECK (state IN ('ANNOUNCED', 'ATTACHED', 'DISCARDED')),
    -- Attached: where, and what is known of the file.
    owner_type    varchar(128) COLLATE "C",
    owner_id      varchar(255) COLLATE "C",
    field_name    varchar(128) COLLATE "C",
    list_position integer,
    file_json     varchar(4000),
    announced_at  timestamp(6) with time zone NOT NULL,
    -- Discarded: since when it is to be deleted, and until when somebody is at it. One that still says where it was
    -- attached is kept: it can be restored until somebody deletes it. Attached: since when something is to be done with
    -- it, a review for example.
    due_at        timestamp(6) with time zone,
    leased_until  timestamp(6) with time zone,
    PRIMARY KEY (blob_store, blob_key),
    CHECK (state <> 'ATTACHED' OR (owner_type IS NOT NULL AND owner_id IS NOT NULL AND field_name IS NOT NULL
        AND list_position IS NOT NULL AND file_json IS NOT NULL)),
    CHECK (state <> 'DISCARDED' OR due_at IS NOT NULL)
);

CREATE INDEX IF NOT EXISTS graphql_files_ix_owner
    ON graphql_files_attachment (owner_type, owner_id, field_name, list_position) WHERE state = 'ATTACHED';

CREATE INDEX IF NOT EXISTS graphql_files_ix_announced
    ON graphql_files_attachment (announced_at) WHERE state = 'ANNOUNCED';

CREATE INDEX IF NOT EXISTS graphql_files_ix_discarded
    ON graphql_files_attachment (due_at) WHERE state = 'DISCARDED';

CREATE INDEX IF NOT EXISTS graphql_files_ix_kept
    ON graphql_files_attachment (owner_type, owner_id) WHERE state = 'DISCARDED' AND owner_type IS NOT NULL;

CREATE INDEX IF NOT EXISTS graphql_files_ix_due
    ON graphql_files_attachment (due_at) WHERE state = 'ATTACHED' AND due_at IS NOT NULL;

-- One row for each record that has, or had, files: what a change locks. It goes with the record.
CREATE TABLE IF NOT EXISTS graphql_files_owner (
    owner_type varchar(128) COLLATE "C" NOT NULL,
    owner_id   varchar(255) COLLATE "C" NOT NULL,
    -- The same for all spellings of an id: IdSpelling.fingerprint.
    id_fingerprint varchar(32) COLLATE "C" NOT NULL,
    changes    bigint NOT NULL,
    PRIMARY KEY (owner_type, owner_id)
);

CREATE INDEX IF NOT EXISTS graphql_files_ix_fingerprint
    ON graphql_files_owner (owner_type, id_fingerprint);
