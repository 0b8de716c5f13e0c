package io.graphqlfiles.compatibility.persistence;

import io.graphqlfiles.StoredFile;
import org.jooq.JSONB;
import org.jooq.impl.AbstractConverter;

// tag::jsonb
/** A column of type jsonb. */
public final class StoredFileJsonb extends AbstractConverter<JSONB, StoredFile> {

    public StoredFileJsonb() {
        super(JSONB.class, StoredFile.class);
    }

    @Override
    public StoredFile from(JSONB json) {
        return json == null ? null : StoredFile.fromJson(json.data());
    }

    @Override
    public JSONB to(StoredFile file) {
        return file == null ? null : JSONB.jsonb(file.toJson());
    }
}
// end::jsonb
