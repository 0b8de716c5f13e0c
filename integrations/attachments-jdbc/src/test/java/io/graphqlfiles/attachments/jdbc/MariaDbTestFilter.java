package io.graphqlfiles.attachments.jdbc;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves out the tests that need a MariaDB server where none is installed. Where {@code GRAPHQL_FILES_REQUIRE_MARIADB}
 * is {@code true} they are never left out, and fail.
 */
public final class MariaDbTestFilter implements PostDiscoveryFilter {

    private static final boolean LEFT_OUT =
            MariaDb.server() == null && !"true".equals(System.getenv("GRAPHQL_FILES_REQUIRE_MARIADB"));

    @Override
    public FilterResult apply(TestDescriptor test) {
        return FilterResult.includedIf(!(LEFT_OUT && isMariaDb(test.getSource().orElse(null))));
    }

    private static boolean isMariaDb(TestSource source) {
        return source instanceof ClassSource c && c.getClassName().contains("MariaDb");
    }
}
