package io.graphqlfiles.attachments.jdbc;

/** Databases for tests in other packages. */
public final class TestDatabases {

    private TestDatabases() {}

    /** The address of an empty schema on the PostgreSQL server of this JVM. */
    public static String newPostgreSqlSchema() {
        return PostgreSql.newDatabase();
    }

    /** The address of an empty database in the memory of this JVM, as long as somebody is connected. */
    public static String newH2Database() {
        return "jdbc:h2:mem:" + UniqueNames.next() + ";LOCK_TIMEOUT=20000";
    }

    /** The address of an empty database on the MariaDB server of this JVM. */
    public static String newMariaDbDatabase() {
        return MariaDb.newDatabase();
    }
}
