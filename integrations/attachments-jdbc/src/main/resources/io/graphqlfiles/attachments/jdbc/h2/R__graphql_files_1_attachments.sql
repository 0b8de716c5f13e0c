-- Files that belong to records: io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore, on H2. Names are told apart by
-- case in databases with IGNORECASE too.

-- One row for each blob, from before its bytes are written until after they are deleted.
CREATE TABLE IF NOT EXISTS graphql_files_attachment (
    blob_store    varchar_casesensitive(32)  NOT NULL,
    blob_key      varchar_casesensitive(324) NOT NULL,
    -- Not by IN: H2 2.4.240 cannot check that when the connection that has made the table is closed.
    state         varchar_casesensitive(9)   NOT NULL CHECK (CASE state
        WHEN 'ANNOUNCED' THEN TRUE WHEN 'ATTACHED' THEN TRUE WHEN 'DISCARDED' THEN TRUE ELSE FALSE END),
    -- Attached: where, and what is known of the file.
    owner_type    varchar_casesensitive(128),
    owner_id      varchar_casesensitive(255),
    field_name    varchar_casesensitive(128),
    list_position integer,
    file_json     varchar_casesensitive(4000),
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
    ON graphql_files_attachment (owner_type, owner_id, field_name, list_position);

CREATE INDEX IF NOT EXISTS graphql_files_ix_announced
    ON graphql_files_attachment (state, announced_at);

CREATE INDEX IF NOT EXISTS graphql_files_ix_discarded
    ON graphql_files_attachment (state, due_at);

-- One row for each record that has, or had, files: what a change locks. It goes with the record.
CREATE TABLE IF NOT EXISTS graphql_files_owner (
    owner_type varchar_casesensitive(128) NOT NULL,
    owner_id   varchar_casesensitive(255) NOT NULL,
    -- The same for all spellings of an id: IdSpelling.fingerprint.
    id_fingerprint varchar_casesensitive(32) NOT NULL,
    changes    bigint NOT NULL,
    PRIMARY KEY (owner_type, owner_id)
);

CREATE INDEX IF NOT EXISTS graphql_files_ix_fingerprint
    ON graphql_files_owner (owner_type, id_fingerprint);
