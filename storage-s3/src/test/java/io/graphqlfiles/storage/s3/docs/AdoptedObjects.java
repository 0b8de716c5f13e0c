package io.graphqlfiles.storage.s3.docs;

import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import java.io.IOException;
import software.amazon.awssdk.services.s3.S3Client;

/** What the documents show. */
final class AdoptedObjects {

    private final GraphQLFiles files;
    private final S3Client s3;

    AdoptedObjects(GraphQLFiles files, S3Client s3) {
        this.files = files;
        this.s3 = s3;
    }

    // tag::adopt
    /** Makes a file of a field of an object that somebody else has stored. */
    StoredFile adopt(String field, String bucket, String key) throws IOException {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return files.store(
                field,
                FileSource.of(() -> s3.getObject(object -> object.bucket(bucket).key(key)))
                        .withFileName(name));
    }
    // end::adopt
}
