package io.graphqlfiles.internal.attachments;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.execution.FileErrors;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.owner.ObjectProperty;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the files of an attached field. An object that has such a property, with something in it, gives that: it was
 * written when the application still kept the file itself.
 */
public final class AttachedFieldFetcher implements DataFetcher<@Nullable Object> {

    private final DataFetcher<?> property;
    private final AttachedField field;
    private final AttachmentLoader loader;
    private final FileErrors errors;

    AttachedFieldFetcher(DataFetcher<?> property, AttachedField field, AttachmentLoader loader, FileErrors errors) {
        this.property = property;
        this.field = field;
        this.loader = loader;
        this.errors = errors;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        Object own = ObjectProperty.unwrap(property.get(environment));
        if (own != null && !(own instanceof Collection<?> files && files.isEmpty())) {
            return own;
        }
        Object owner = environment.getSource();
        if (owner == null) {
            return null;
        }
        String id = field.ownerId().require(owner, environment);
        return loader.load(field, id, environment)
                .handle((files, failure) -> failure == null ? value(files) : failed(failure, environment));
    }

    private @Nullable Object value(List<StoredFile> files) {
        return field.isList() ? files : files.isEmpty() ? null : files.get(0);
    }

    private Object failed(Throwable failure, DataFetchingEnvironment environment) {
        FileException refusal = new FileException(
                FileErrorCode.FILE_STORE_UNAVAILABLE, "The files could not be looked up; try again later.", failure);
        return errors.result(environment, refusal);
    }
}
