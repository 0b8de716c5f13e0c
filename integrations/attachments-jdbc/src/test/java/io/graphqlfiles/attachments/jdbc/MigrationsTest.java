package io.graphqlfiles.attachments.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables, made by the tool that makes the application's own; it has a version 1 already. */
class MigrationsTest {

    static Stream<Arguments> databases() {
        return Stream.of(Arguments.of("h2", TestDatabase.h2()), Arguments.of("postgresql", TestDatabase.postgreSql()));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void flyway_ofAProjectWithItsOwnFirstVersion_makesTheTables(String vendor, TestDatabase database) {
        try (database) {
            Flyway flyway = Flyway.configure()
                    .dataSource(database.dataSource())
                    .locations("classpath:migrations/own", "classpath:io/graphqlfiles/attachments/jdbc/" + vendor)
                    .load();

            assertThat(flyway.migrate().migrationsExecuted).isEqualTo(4);
            assertThat(flyway.migrate().migrationsExecuted).isZero();

            database.store(database.dataSource(), () -> null).requireTables();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void liquibase_ofAProjectWithItsOwnFirstChange_makesTheTables(String vendor, TestDatabase database)
            throws Exception {
        try (database) {
            for (String run : List.of("first", "again")) {
                try (Connection connection = database.dataSource().getConnection()) {
                    Liquibase liquibase = new Liquibase(
                            "migrations/own/changelog.xml",
                            new ClassLoaderResourceAccessor(),
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(new JdbcConnection(connection)));
                    liquibase.update(new Contexts());
                    assertThat(liquibase.listUnrunChangeSets(new Contexts(), null))
                            .as("%s run on %s", run, vendor)
                            .isEmpty();
                }
            }

            database.store(database.dataSource(), () -> null).requireTables();
        }
    }
}
