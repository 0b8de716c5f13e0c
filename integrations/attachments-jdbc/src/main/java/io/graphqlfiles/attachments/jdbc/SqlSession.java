package io.graphqlfiles.attachments.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection, and what there is to know for talking through it. For one call and thread.
 *
 * @param tablePrefix the schema with a dot, or empty
 */
record SqlSession(Connection connection, Dialect dialect, String tablePrefix) {

    /** Sets the parameters of a statement. */
    interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** Reads one row. */
    interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is kept of a time: microseconds, as every dialect has them. */
    static Instant stored(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    String attachmentTable() {
        return tablePrefix + "graphql_files_attachment";
    }

    String ownerTable() {
        return tablePrefix + "graphql_files_owner";
    }

    String storeTable() {
        return tablePrefix + "graphql_files_store";
    }

    String quotaTable() {
        return tablePrefix + "graphql_files_quota";
    }

    /** Runs a statement that changes rows, and returns how many. */
    int update(String sql, Parameters parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            return statement.executeUpdate();
        }
    }

    <T> List<T> query(String sql, Parameters parameters, Reading<T> reading) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            List<T> read = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    read.add(reading.read(rows));
                }
            }
            return read;
        }
    }
}
