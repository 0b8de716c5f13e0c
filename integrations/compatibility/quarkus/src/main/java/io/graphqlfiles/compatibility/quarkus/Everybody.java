package io.graphqlfiles.compatibility.quarkus;

import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;
import jakarta.inject.Singleton;

/** May do everything, as the contract wants it. */
@Singleton
public class Everybody implements FileAuthorizer {

    @Override
    public boolean isPermitted(FileAccess access) {
        return true;
    }
}
