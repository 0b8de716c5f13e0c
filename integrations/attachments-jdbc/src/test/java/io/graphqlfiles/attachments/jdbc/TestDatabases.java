package io.graphqlfiles.attachments.jdbc;

/** Databases for tests in other packages. */
public final class TestDatabases {

    private TestDatabases() {}

    /** The address of an empty schema on the PostgreSQL server of this JVM. */
    public static String newPostgreSqlSchema() {
        return PostgreSql.newDatabase();
    }
}
