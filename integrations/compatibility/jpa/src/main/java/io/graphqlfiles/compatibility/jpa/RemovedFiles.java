package io.graphqlfiles.compatibility.jpa;

import io.graphqlfiles.engine.GraphQLFiles;
import jakarta.persistence.PostRemove;
import org.springframework.beans.factory.ObjectProvider;

/** Discards the files of what JPA deletes by a cascade, in the same transaction. */
class RemovedFiles {

    private final ObjectProvider<GraphQLFiles> files;

    RemovedFiles(ObjectProvider<GraphQLFiles> files) {
        this.files = files;
    }

    // tag::cascade
    @PostRemove
    void removed(Bottle bottle) {
        files.getObject().attachments().discardAll("Bottle", bottle.getId());
    }
    // end::cascade
}
