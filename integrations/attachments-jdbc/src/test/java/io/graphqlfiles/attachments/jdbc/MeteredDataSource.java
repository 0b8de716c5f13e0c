package io.graphqlfiles.attachments.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** Counts what runs through a source of connections, and lets commits fail after they were done. Thread-safe. */
final class MeteredDataSource {

    private final DataSource source;
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile BooleanSupplier commitAnswerIsLost = () -> false;

    MeteredDataSource(DataSource source) {
        this.source = source;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, source, (name, arguments, result) -> {
            if (name.equals("getConnection")) {
                connections.incrementAndGet();
                return connection((Connection) result);
            }
            return result;
        });
    }

    /** The statements that were executed, in their order. */
    List<String> statements() {
        return List.copyOf(statements);
    }

    int connections() {
        return connections.get();
    }

    void forget() {
        statements.clear();
        connections.set(0);
    }

    /** Asked at every commit, after it was done. */
    void loseCommitAnswers(BooleanSupplier when) {
        commitAnswerIsLost = when;
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, connection, (name, arguments, result) -> switch (name) {
            case "prepareStatement" ->
                statement(PreparedStatement.class, (PreparedStatement) result, (String) arguments[0]);
            case "createStatement" -> statement(Statement.class, (Statement) result, null);
            case "commit" -> {
                if (commitAnswerIsLost.getAsBoolean()) {
                    throw new SQLException("the connection broke", "08007");
                }
                yield result;
            }
            default -> result;
        });
    }

    private <T extends Statement> T statement(Class<T> type, T statement, String sql) {
        return proxy(type, statement, (name, arguments, result) -> {
            if (name.startsWith("execute")) {
                statements.add(sql == null ? (String) arguments[0] : sql);
            }
            return result;
        });
    }

    private interface After {
        Object call(String method, Object[] arguments, Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return Proxies.of(
                type, (method, arguments) -> after.call(method.getName(), arguments, method.invoke(target, arguments)));
    }
}
