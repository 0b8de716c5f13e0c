package io.graphqlfiles.attachments.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentRow.State;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link JdbcAttachmentStore} promises beyond its SPI, on every dialect. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class JdbcStoreTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:20:30.123456Z");
    private static final Instant DUE = NOW.plusSeconds(600);
    private static final AttachmentSlot SLOT = new AttachmentSlot("Product", "1", "gallery");

    private TestDatabase database;
    private JdbcUnitOfWork work;
    private JdbcAttachmentStore store;

    /** An empty database. */
    abstract TestDatabase open();

    /** How the dialect writes {@link #NOW} with its fraction, as a literal of the columns' type. */
    abstract String nowAsLiteral();

    @BeforeEach
    final void prepare() throws SQLException {
        database = open();
        work = JdbcUnitOfWork.of(database.dataSource());
        store = database.store(database.dataSource(), work);
        store.createTables();
        database.execute("CREATE TABLE record (name varchar(50) PRIMARY KEY)");
    }

    @AfterEach
    final void allConnectionsAreBack() {
        assertThat(((HikariDataSource) database.dataSource())
                        .getHikariPoolMXBean()
                        .getActiveConnections())
                .isZero();
        database.close();
    }

    enum Meanwhile {
        NOTHING,
        APPENDED,
        REPLACED,
        CLEARED,
        RECORD_DELETED,
        RECORD_DELETED_AND_MADE_AGAIN
    }

    @ParameterizedTest
    @EnumSource
    void change_readCommitted_afterOthers_losesNothing(Meanwhile meanwhile) throws Exception {
        changeAfterOthers(Connection.TRANSACTION_READ_COMMITTED, meanwhile);
    }

    @ParameterizedTest
    @EnumSource
    void change_repeatableRead_afterOthers_losesNothing(Meanwhile meanwhile) throws Exception {
        changeAfterOthers(Connection.TRANSACTION_REPEATABLE_READ, meanwhile);
    }

    @ParameterizedTest
    @EnumSource
    void change_serializable_afterOthers_losesNothing(Meanwhile meanwhile) throws Exception {
        changeAfterOthers(Connection.TRANSACTION_SERIALIZABLE, meanwhile);
    }

    /** A transaction sees the past, or not, while others change the slot; then it appends. */
    private void changeAfterOthers(int isolation, Meanwhile meanwhile) throws Exception {
        for (boolean hadFiles : new boolean[] {true, false}) {
            database.empty();
            BlobReference old = announced();
            BlobReference others = announced();
            BlobReference mine = announced();
            if (hadFiles) {
                append(SLOT, old);
            }
            List<BlobReference> expected = new ArrayList<>();
            Throwable failure = catchThrowable(() -> work.run(() -> {
                begin(isolation);
                expected.addAll(elsewhere(() -> {
                    happen(meanwhile, others);
                    return blobs(SLOT);
                }));
                append(SLOT, mine);
                return null;
            }));

            if (failure == null) {
                expected.add(mine);
                assertThat(blobs(SLOT)).containsExactlyElementsOf(expected);
            } else {
                assertThat(failure).isInstanceOf(AttachmentConflictException.class);
                assertThat(isolation).isNotEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                assertThat(meanwhile).isNotEqualTo(Meanwhile.NOTHING);
                assertThat(blobs(SLOT)).containsExactlyElementsOf(expected);
                append(SLOT, mine);
                assertThat(blobs(SLOT)).endsWith(mine);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void discardAll_afterOthers_leavesNothing_orFails(int isolation) throws Exception {
        for (Meanwhile meanwhile : Meanwhile.values()) {
            for (boolean hadFiles : new boolean[] {true, false}) {
                database.empty();
                BlobReference old = announced();
                BlobReference others = announced();
                if (hadFiles) {
                    append(SLOT, old);
                }
                Throwable failure = catchThrowable(() -> work.run(() -> {
                    begin(isolation);
                    elsewhere(() -> {
                        happen(meanwhile, others);
                        return null;
                    });
                    return store.discardAll("Product", "1", DUE);
                }));

                if (failure != null) {
                    assertThat(failure).isInstanceOf(AttachmentConflictException.class);
                    assertThat(isolation).isNotEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                } else {
                    assertThat(store.statistics().attached()).isZero();
                    assertThat(count("graphql_files_owner")).isZero();
                }
            }
        }
    }

    private void begin(int isolation) throws SQLException {
        try (Connection connection = work.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(isolation);
            statement.executeQuery("SELECT COUNT(*) FROM record").close();
        }
    }

    private void happen(Meanwhile meanwhile, BlobReference blob) {
        switch (meanwhile) {
            case NOTHING -> {}
            case APPENDED -> append(SLOT, blob);
            case REPLACED -> change(SLOT, present -> List.of(file(blob)));
            case CLEARED -> change(SLOT, present -> List.of());
            case RECORD_DELETED -> store.discardAll("Product", "1", DUE);
            case RECORD_DELETED_AND_MADE_AGAIN -> {
                store.discardAll("Product", "1", DUE);
                append(SLOT, blob);
            }
        }
    }

    @Test
    void createTables_connectionIsClosed_tablesStayOfUse() throws Exception {
        try (TestDatabase fresh = open();
                Connection open = fresh.dataSource().getConnection()) {
            try (HikariDataSource makers = fresh.pool(1)) {
                fresh.store(makers, JdbcUnitOfWork.of(makers)).createTables();
            }
            assertThat(open.isValid(1)).isTrue();

            JdbcAttachmentStore other = fresh.store(fresh.dataSource(), JdbcUnitOfWork.of(fresh.dataSource()));
            other.announce(List.of(blob()), NOW);

            assertThat(other.backlog().announced()).isEqualTo(1);
        }
    }

    @Test
    void change_fails_theTransactionOfTheCallerGoesOn() throws Exception {
        BlobReference blob = announced();
        BlobReference unknown = new BlobReference("default", "unknown");

        work.run(() -> {
            insert("before");
            append(SLOT, blob);
            assertThatThrownBy(() -> append(SLOT, unknown)).isInstanceOf(AttachmentConflictException.class);
            assertThatThrownBy(() -> change(SLOT, present -> {
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            insert("after");
            return null;
        });

        assertThat(count("record")).isEqualTo(2);
        assertThat(blobs(SLOT)).containsExactly(blob);
    }

    @Test
    void change_newRecordsSideBySide_noneConflicts() throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(16);
        try {
            for (int client = 0; client < 16; client++) {
                int number = client;
                clients.add(executor.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        String id = number + "-" + i;
                        List<BlobReference> blobs = List.of(announced(), announced());
                        work.run(() -> {
                            insert(id);
                            append(new AttachmentSlot("Product", id, "image"), blobs.get(0));
                            append(new AttachmentSlot("Product", id, "gallery"), blobs.get(1));
                            return null;
                        });
                    }
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get(60, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(store.statistics().attached()).isEqualTo(320);
    }

    @Test
    void poolOfOne_allCalls() throws Exception {
        try (HikariDataSource one = database.pool(1)) {
            JdbcUnitOfWork unitOfWork = JdbcUnitOfWork.of(one);
            JdbcAttachmentStore narrow = database.store(one, unitOfWork);
            List<BlobReference> blobs = List.of(blob(), blob());
            List<BlobReference> deleted = new ArrayList<>();

            narrow.announce(blobs, NOW);
            unitOfWork.run(() -> {
                unitOfWork.afterCommit(() -> deleted.addAll(narrow.leaseDiscarded(DUE, DUE.plusSeconds(60), 10)));
                try (Connection connection = unitOfWork.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("INSERT INTO record (name) VALUES ('one')");
                    // While the application's own connection is open.
                    narrow.change(List.of(new AttachmentEdit(SLOT, present -> List.of(file(blobs.get(0))))), DUE);
                    narrow.change(List.of(new AttachmentEdit(SLOT, present -> List.of(file(blobs.get(1))))), DUE);
                    assertThat(narrow.find("Product", "gallery", List.of("1"))).hasSize(1);
                }
                return null;
            });

            assertThat(deleted).containsExactly(blobs.get(0));
            narrow.forget(deleted);
            assertThat(narrow.discardAll("Product", "1", DUE)).containsExactly(blobs.get(1));
            assertThat(narrow.discard(blobs, DUE)).hasSize(2);
            assertThat(narrow.discardUnattached(DUE, 10, DUE)).isZero();
            assertThat(narrow.list(State.DISCARDED, null, 10).rows()).hasSize(1);
            assertThat(narrow.rows(blobs)).hasSize(1);
            assertThat(narrow.statistics())
                    .isEqualTo(new AttachmentStatistics(0, new AttachmentStatistics.Backlog(0, 1, 0, null, DUE)));
        }
    }

    @Test
    void find_aThousandRecords_oneStatement() throws Exception {
        List<String> ids = IntStream.range(0, 1000).mapToObj(i -> "p" + i).toList();
        List<BlobReference> blobs = ids.stream().map(id -> blob()).toList();
        store.announce(blobs, NOW);
        store.change(
                IntStream.range(0, 1000)
                        .mapToObj(i -> new AttachmentEdit(
                                new AttachmentSlot("Product", ids.get(i), "image"),
                                present -> List.of(file(blobs.get(i)))))
                        .toList(),
                DUE);
        MeteredDataSource metered = new MeteredDataSource(database.dataSource());
        JdbcUnitOfWork unitOfWork = JdbcUnitOfWork.of(metered.dataSource());
        JdbcAttachmentStore counted = database.store(metered.dataSource(), unitOfWork);

        assertThat(counted.find("Product", "image", ids)).hasSize(1000);
        assertThat(metered.statements()).hasSize(1);
        assertThat(metered.connections()).isEqualTo(1);

        metered.forget();
        unitOfWork.run(() -> assertThat(counted.find("Product", "image", ids)).hasSize(1000));
        assertThat(metered.statements()).hasSize(1);
        assertThat(metered.connections()).isEqualTo(1);
    }

    @Test
    void rowsGoWithTheRecord() {
        append(SLOT, announced());
        change(SLOT, present -> List.of());
        append(new AttachmentSlot("Product", "1", "image"), announced());
        store.discardAll("Product", "1", NOW);
        store.discardAll("Product", "never had files", NOW);
        List<BlobReference> leased = store.leaseDiscarded(DUE, DUE.plusSeconds(60), 10);
        assertThat(leased).hasSize(2);

        store.forget(leased);

        assertThat(count("graphql_files_attachment")).isZero();
        assertThat(count("graphql_files_owner")).isZero();
    }

    @Test
    void times_areUtc_toTheMicrosecond() {
        BlobReference blob = announced();

        assertThat(count("graphql_files_attachment WHERE announced_at = " + nowAsLiteral()))
                .isEqualTo(1);
        assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.ANNOUNCED, NOW, null));
    }

    /** In the zone that these tests run in there is no 02:15 on that day, and 01:15 comes twice on the other. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-03-08T02:15:00Z", "2026-11-01T01:15:00Z", "2226-03-08T02:15:00Z"})
    void times_thatTheLocalZoneDoesNotHave_areKept(String text) {
        Instant time = Instant.parse(text);
        BlobReference blob = blob();
        store.announce(List.of(blob), time);

        assertThat(store.discardUnattached(time, 10, time)).isZero();
        assertThat(store.discardUnattached(time.plusSeconds(1), 10, time)).isEqualTo(1);
        assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.DISCARDED, time, null));
        assertThat(store.leaseDiscarded(time.minusSeconds(1), time, 10)).isEmpty();
        assertThat(store.leaseDiscarded(time, time.plusSeconds(1), 10)).containsExactly(blob);
    }

    @Test
    void longestNames_areStored_andFound() {
        AttachmentSlot slot = new AttachmentSlot("T".repeat(128), "\uD83D\uDC31".repeat(127) + "x", "f".repeat(128));
        BlobReference blob =
                new BlobReference("s".repeat(32), String.join("/", java.util.Collections.nCopies(5, "k".repeat(64))));
        store.announce(List.of(blob), NOW);

        append(slot, blob);

        assertThat(blobs(slot)).containsExactly(blob);
        assertThat(store.discardAll(slot.ownerType(), slot.ownerId(), DUE)).containsExactly(blob);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\uD83D", "x\uDC31"})
    void ownerIdThatCannotBeStored_hasNoFiles(String ownerId) {
        assertThatThrownBy(() -> append(new AttachmentSlot("Product", ownerId, "image"), announced()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ownerId: expected text without the character 0 and without halves of characters");
        assertThat(store.discardAll("Product", ownerId, DUE)).isEmpty();
        assertThat(store.find("Product", "image", List.of(ownerId, "1"))).isEmpty();
    }

    @Test
    void discardAll_idTooLongForAnyFile_isEmpty() {
        assertThat(store.discardAll("Product", "x".repeat(256), DUE)).isEmpty();
    }

    @Test
    void createTables_manyAtOnce_andAgain() throws Exception {
        try (TestDatabase empty = open()) {
            ExecutorService executor = Executors.newFixedThreadPool(8);
            try {
                List<Future<?>> nodes = new ArrayList<>();
                for (int node = 0; node < 8; node++) {
                    nodes.add(executor.submit(
                            () -> empty.store(empty.dataSource(), () -> null).createTables()));
                }
                for (Future<?> node : nodes) {
                    node.get(60, TimeUnit.SECONDS);
                }
            } finally {
                executor.shutdownNow();
            }
            JdbcAttachmentStore used = empty.store(empty.dataSource(), () -> null);
            used.announce(List.of(blob()), NOW);
            used.createTables();

            assertThat(used.backlog().announced()).isEqualTo(1);
        }
    }

    @Test
    void schema_holdsTheTables() throws SQLException {
        database.execute("CREATE SCHEMA other_" + database.schemaSuffix());
        JdbcAttachmentStore other = JdbcAttachmentStore.newJdbcAttachmentStore(database.dataSource())
                .schema("other_" + database.schemaSuffix())
                .build();
        other.createTables();
        BlobReference blob = blob();
        other.announce(List.of(blob), NOW);
        other.change(List.of(new AttachmentEdit(SLOT, present -> List.of(file(blob)))), DUE);

        assertThat(other.discardAll("Product", "1", DUE)).containsExactly(blob);
        assertThat(store.statistics()).isEqualTo(new AttachmentStatistics(0, AttachmentStatistics.Backlog.NONE));
    }

    @Test
    void schemaOfTheThread_isAskedInEveryCall() throws SQLException {
        List<String> schemas = List.of("one_" + database.schemaSuffix(), "two_" + database.schemaSuffix());
        AtomicReference<String> current = new AtomicReference<>();
        JdbcAttachmentStore both = JdbcAttachmentStore.newJdbcAttachmentStore(database.dataSource())
                .schema(current::get)
                .build();
        for (String schema : schemas) {
            database.execute("CREATE SCHEMA " + schema);
            current.set(schema);
            both.createTables();
            both.announce(List.of(blob()), NOW);
        }
        both.announce(List.of(blob()), NOW);

        assertThat(both.backlog().announced()).isEqualTo(2);
        current.set(schemas.get(0));
        assertThat(both.backlog().announced()).isEqualTo(1);
        current.set("no;schema");
        assertThatThrownBy(both::backlog)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("schema: expected");
    }

    @Test
    void missingTables_theMessageSaysWhatToDo() {
        try (TestDatabase empty = open()) {
            JdbcAttachmentStore other = empty.store(empty.dataSource(), () -> null);

            assertThatThrownBy(() -> other.find("Product", "image", List.of("secret id")))
                    .isExactlyInstanceOf(AttachmentStoreException.class)
                    .hasMessageMatching(
                            "find failed with SQLState 42\\w{3}; are the tables there, and of this version\\?"
                                    + " See JdbcAttachmentStore.createTables\\(\\)");
        }
    }

    @Test
    void currentTransactionThatCommitsByItself_isRefused() {
        JdbcAttachmentStore wrong = database.store(
                database.dataSource(), () -> database.dataSource().getConnection());

        assertThatThrownBy(() -> wrong.discardAll("Product", "1", DUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "CurrentTransaction: expected a connection in a transaction, or null, found one");
        assertThatThrownBy(() -> wrong.find("Product", "image", List.of("1")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void poolWithoutAutoCommit_changesAreCommitted() throws Exception {
        try (HikariDataSource pool = database.pool(2, false)) {
            JdbcAttachmentStore other = database.store(pool, JdbcUnitOfWork.of(pool));
            BlobReference blob = blob();
            other.announce(List.of(blob), NOW);
            other.change(List.of(new AttachmentEdit(SLOT, present -> List.of(file(blob)))), DUE);

            assertThat(other.find("Product", "gallery", List.of("1"))).hasSize(1);
            assertThat(blobs(SLOT)).containsExactly(blob);
        }
    }

    /** The answer to the commit is lost: the caller cannot know, and the rows must be as if it had not been done. */
    @Test
    void commitWhoseAnswerIsLost_isAFailure_thatASecondTryFinds() {
        MeteredDataSource metered = new MeteredDataSource(database.dataSource());
        JdbcAttachmentStore unsure = database.store(metered.dataSource(), () -> null);
        BlobReference blob = blob();
        metered.loseCommitAnswers(() -> true);

        assertThatThrownBy(() -> unsure.announce(List.of(blob), NOW))
                .isExactlyInstanceOf(AttachmentStoreException.class)
                .hasMessage("announce failed with SQLState 08007");
        assertThatThrownBy(() -> unsure.change(List.of(new AttachmentEdit(SLOT, present -> List.of(file(blob)))), DUE))
                .isExactlyInstanceOf(AttachmentStoreException.class);
        metered.loseCommitAnswers(() -> false);

        assertThat(unsure.discard(List.of(blob), DUE)).isEmpty();
        assertThat(blobs(SLOT)).containsExactly(blob);
    }

    private static BlobReference blob() {
        return new BlobReference("default", "private/attached/" + UUID.randomUUID());
    }

    private BlobReference announced() {
        BlobReference blob = blob();
        store.announce(List.of(blob), NOW);
        return blob;
    }

    private static AttachedFile file(BlobReference blob) {
        return new AttachedFile(blob, "{}");
    }

    private void append(AttachmentSlot slot, BlobReference blob) {
        change(
                slot,
                present ->
                        Stream.concat(present.stream(), Stream.of(file(blob))).toList());
    }

    private void change(AttachmentSlot slot, UnaryOperator<List<AttachedFile>> edit) {
        store.change(List.of(new AttachmentEdit(slot, edit)), DUE);
    }

    private List<BlobReference> blobs(AttachmentSlot slot) {
        return store
                .find(slot.ownerType(), slot.field(), List.of(slot.ownerId()))
                .getOrDefault(slot.ownerId(), List.of())
                .stream()
                .map(AttachedFile::blob)
                .toList();
    }

    private void insert(String record) throws SQLException {
        try (Connection connection = work.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO record (name) VALUES ('" + record + "')");
        }
    }

    private long count(String table) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T elsewhere(Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            return executor.submit(task).get(60, TimeUnit.SECONDS);
        } finally {
            executor.shutdownNow();
        }
    }
}
