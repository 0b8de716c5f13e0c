package io.graphqlfiles.compatibility.quarkus;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.compatibility.quarkus.Papers.Paper;
import io.graphqlfiles.quarkus.File;
import io.smallrye.graphql.api.Namespace;
import jakarta.annotation.security.RolesAllowed;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;

/** A rule on a class, whose methods are in a namespace. */
@GraphQLApi
@Namespace({"desk", "drafts"})
@RolesAllowed("editor")
public class Drafts {

    @Mutation
    public Paper add(@Name("file") @File(field = "Paper.content") StoredFile file) {
        return new Paper(file);
    }
}
