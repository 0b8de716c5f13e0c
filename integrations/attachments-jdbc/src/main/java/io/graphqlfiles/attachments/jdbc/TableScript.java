package io.graphqlfiles.attachments.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The files that make the tables, for Flyway, Liquibase and {@link JdbcAttachmentStore#createTables()} alike. */
final class TableScript {

    /** In their order, which is that of their names: Flyway runs repeatable ones in it. */
    static final List<String> ATTACHMENTS =
            List.of("R__graphql_files_1_attachments.sql", "R__graphql_files_2_store.sql");

    static final List<String> QUOTA = List.of("R__graphql_files_3_quota.sql");

    private static final Pattern COMMENT = Pattern.compile("^\\s*--.*$", Pattern.MULTILINE);
    private static final Pattern TABLE = Pattern.compile("\\bgraphql_files_(?:attachment|owner|store|quota)\\b");

    private TableScript() {}

    static List<String> statements(List<String> files, String dialect, String tablePrefix) {
        List<String> statements = new ArrayList<>();
        for (String file : files) {
            for (String statement :
                    COMMENT.matcher(read(dialect + "/" + file)).replaceAll("").split(";", -1)) {
                if (!statement.isBlank()) {
                    statements.add(TABLE.matcher(statement.strip()).replaceAll(tablePrefix + "$0"));
                }
            }
        }
        return statements;
    }

    private static String read(String name) {
        try (InputStream in = TableScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("expected " + name + " next to this class, found nothing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
