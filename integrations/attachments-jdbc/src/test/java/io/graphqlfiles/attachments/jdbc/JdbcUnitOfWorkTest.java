package io.graphqlfiles.attachments.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcUnitOfWorkTest {

    private final TestDatabase database = TestDatabase.h2();
    private final MeteredDataSource metered = new MeteredDataSource(database.dataSource());
    private final JdbcUnitOfWork work = JdbcUnitOfWork.of(metered.dataSource());

    @BeforeEach
    void createTable() throws SQLException {
        database.execute("CREATE TABLE record (name varchar(50) PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        assertThat(((HikariDataSource) database.dataSource())
                        .getHikariPoolMXBean()
                        .getActiveConnections())
                .isZero();
        database.close();
    }

    @Test
    void run_returns_committed() throws Exception {
        assertThat(work.<String>run(() -> {
                    insert("a");
                    insert("b");
                    assertThat(committed()).isEmpty();
                    return "result";
                }))
                .isEqualTo("result");

        assertThat(committed()).containsExactly("a", "b");
        assertThat(metered.connections()).isEqualTo(1);
    }

    @Test
    void run_throws_rolledBack_andThrownAsItIs() throws SQLException {
        IOException failure = new IOException("no");

        assertThatThrownBy(() -> work.run(() -> {
                    insert("a");
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(committed()).isEmpty();
    }

    @Test
    void run_throwsAnError_rolledBack() throws SQLException {
        assertThatThrownBy(() -> work.run(() -> {
                    insert("a");
                    throw new AssertionError("no");
                }))
                .isInstanceOf(AssertionError.class);

        assertThat(committed()).isEmpty();
    }

    @Test
    void run_withoutSql_takesNoConnection() throws Exception {
        work.run(() -> null);

        assertThat(metered.connections()).isZero();
    }

    @Test
    void run_inRun_joins() throws Exception {
        assertThatThrownBy(() -> work.run(() -> {
                    insert("outer");
                    work.run(() -> {
                        insert("inner");
                        return null;
                    });
                    throw new IOException("no");
                }))
                .isInstanceOf(IOException.class);

        assertThat(committed()).isEmpty();
        assertThat(metered.connections()).isEqualTo(1);
    }

    @Test
    void run_inRunFails_outerIsRolledBack_evenIfItGoesOn() throws SQLException {
        List<String> done = new ArrayList<>();

        assertThatThrownBy(() -> work.run(() -> {
                    insert("outer");
                    work.afterCommit(() -> done.add("committed"));
                    work.afterRollback(() -> done.add("rolled back"));
                    assertThatThrownBy(() -> work.run(() -> {
                                throw new IOException("no");
                            }))
                            .isInstanceOf(IOException.class);
                    return null;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rolled back: work that joined this transaction failed");

        assertThat(committed()).isEmpty();
        assertThat(done).containsExactly("rolled back");
    }

    @Test
    void run_commitAnswerIsLost_failsAndRunsNothingAfter() {
        List<String> done = new ArrayList<>();
        metered.loseCommitAnswers(() -> true);

        assertThatThrownBy(() -> work.run(() -> {
                    work.afterCommit(() -> done.add("committed"));
                    work.afterRollback(() -> done.add("rolled back"));
                    insert("a");
                    return null;
                }))
                .isInstanceOf(SQLException.class)
                .hasMessage("the connection broke");

        assertThat(done).isEmpty();
    }

    @Test
    void afterCommit_runsInOrder_outsideTheTransaction_whenItsConnectionIsBack() throws Exception {
        List<String> done = new ArrayList<>();

        work.run(() -> {
            insert("a");
            work.afterCommit(() -> {
                done.add("first " + uncheckedCommitted());
                throw new IllegalStateException("harmless");
            });
            work.run(() -> {
                work.afterCommit(() -> done.add("second " + isInTransaction()));
                return null;
            });
            assertThat(done).isEmpty();
            return null;
        });

        assertThat(done).containsExactly("first [a]", "second false");
    }

    @Test
    void afterCommit_rolledBack_neverRuns() {
        List<String> done = new ArrayList<>();

        assertThatThrownBy(() -> work.run(() -> {
                    work.afterCommit(() -> done.add("after"));
                    throw new IOException("no");
                }))
                .isInstanceOf(IOException.class);

        assertThat(done).isEmpty();
    }

    @Test
    void afterCommit_withoutTransaction_runsAtOnce() {
        List<String> done = new ArrayList<>();

        work.afterCommit(() -> done.add("now"));

        assertThat(done).containsExactly("now");
    }

    @Test
    void connection_endsNothing() throws Exception {
        work.run(() -> {
            Connection connection = work.dataSource().getConnection();
            assertThatThrownBy(connection::commit)
                    .isInstanceOf(SQLException.class)
                    .hasMessage("commit: the unit of work ends its transaction");
            assertThatThrownBy(connection::rollback).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connection.setAutoCommit(true)).isInstanceOf(SQLException.class);
            assertThat(connection.equals(connection)).isTrue();
            connection.close();
            assertThat(connection.isClosed()).isTrue();
            assertThatThrownBy(connection::createStatement)
                    .isInstanceOf(SQLException.class)
                    .hasMessage("this connection is closed");
            insert("a");
            return null;
        });

        assertThat(committed()).containsExactly("a");
    }

    @Test
    void dataSource_outsideATransaction_givesItsOwnConnections() throws SQLException {
        insert("a");

        assertThat(committed()).containsExactly("a");
        assertThat(work.connection()).isNull();
    }

    private void insert(String record) throws SQLException {
        try (Connection connection = work.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO record (name) VALUES ('" + record + "')");
        }
    }

    private boolean isInTransaction() {
        try {
            return work.connection() != null;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> uncheckedCommitted() {
        try {
            return committed();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> committed() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM record ORDER BY name")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
