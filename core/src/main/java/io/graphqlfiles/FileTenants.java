package io.graphqlfiles;

import graphql.GraphQLContext;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Parts the files of an application's tenants, customers for example, who share its schema: their keys begin with the
 * tenant, in a store of their own if wanted; upload tokens and URLs of one are refused in requests of another; and what
 * runs in the background does so for each. For {@link io.graphqlfiles.engine.GraphQLFiles.Builder#tenants}.
 *
 * <p>A tenant is named by 1 to 63 of {@code [a-z0-9_-]}, a letter or digit first, and not {@code attached},
 * {@code variants}, {@code doctor}, {@code identity} or {@code migrating}. Its name stands in keys, and so in URLs: it
 * must not change, and not be a secret. Capital letters are left out because some file systems do not distinguish
 * cases.
 *
 * <p>Must be thread-safe, and must not block but in {@link #run} and {@link #all}.
 */
public interface FileTenants {

    /**
     * The tenant that a request is for. Asked a few times in each request with files, in the thread of a data fetcher.
     *
     * @return never null: without a tenant the request must not have come this far
     */
    String ofRequest(GraphQLContext context);

    /**
     * The tenant that this thread works for, for calls of the application's own code, such as
     * {@link io.graphqlfiles.engine.GraphQLFiles#store}.
     *
     * @return null for none: nothing can be stored then
     */
    @Nullable
    String ofThread();

    /** All tenants that there are, for jobs and commands that go through the files of each. May block. */
    Collection<String> all();

    /**
     * Does something for a tenant, in this thread and before it returns: {@link #ofThread} is the tenant meanwhile, and
     * a {@code DataSource} that finds the tenant's database finds that one. Calls may be nested.
     */
    void run(String tenant, Runnable work);

    /**
     * The store in which a tenant's files of a field are kept.
     *
     * @param field as the schema declares it
     * @return name of a store of the builder; default {@link FileField#store()}. It must not change as long as there
     *     are files, and must be able to do what the field's own can.
     */
    default String store(FileField field, String tenant) {
        return field.store();
    }
}
