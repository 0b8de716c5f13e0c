package io.graphqlfiles.compatibility.quarkus;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.quarkus.File;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionChecker;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;

/** Rules of Quarkus Security of every kind on methods that take a file. */
@GraphQLApi
public class Papers {

    public record Paper(@File(maxSize = "300MB") StoredFile content) {}

    @Mutation
    public Paper byNothing(@Name("file") @File(field = "Paper.content") StoredFile file) {
        return new Paper(file);
    }

    @Mutation
    @PermitAll
    public Paper byPermissionForAll(@Name("file") @File(field = "Paper.content") StoredFile file) {
        return new Paper(file);
    }

    // tag::rule
    @Mutation
    @RolesAllowed("editor")
    public Paper byRole(@Name("file") @File(field = "Paper.content") StoredFile file) {
        return new Paper(file);
    }
    // end::rule

    @Mutation
    @RolesAllowed("${shop.editors}")
    public Paper byRoleOfSettings(@Name("file") @File(field = "Paper.content") StoredFile file) {
        return new Paper(file);
    }

    @Mutation
    @RolesAllowed("editor")
    public Uni<Paper> byRoleLater(@Name("file") @File(field = "Paper.content") StoredFile file) {
        return Uni.createFrom().item(new Paper(file));
    }

    @Mutation
    @Authenticated
    public Paper byAuthentication(@Name("file") @File(field = "Paper.content") StoredFile file) {
        return new Paper(file);
    }

    @Mutation
    @DenyAll
    public Paper byDenial(@Name("file") @File(field = "Paper.content") StoredFile file) {
        return new Paper(file);
    }

    @Mutation
    @PermissionsAllowed("write")
    public Paper byPermission(@Name("file") @File(field = "Paper.content") StoredFile file) {
        return new Paper(file);
    }

    @Mutation
    @ForWriters
    public Paper byOwnAnnotation(@Name("file") @File(field = "Paper.content") StoredFile file) {
        return new Paper(file);
    }

    @Mutation
    @PermissionsAllowed("write-about")
    public Paper byArgument(@Name("title") String title, @Name("file") @File(field = "Paper.content") StoredFile file) {
        return new Paper(file);
    }

    /** One that has to look things up. */
    @PermissionChecker("write")
    @Blocking
    boolean mayWrite(SecurityIdentity identity) {
        return BlockingOperationControl.isBlockingAllowed() && identity.hasRole("editor");
    }

    @PermissionChecker("write-about")
    boolean mayWriteAbout(SecurityIdentity identity, String title) {
        return identity.hasRole(title);
    }

    @PermissionsAllowed("write")
    @Retention(RetentionPolicy.RUNTIME)
    @interface ForWriters {}
}
