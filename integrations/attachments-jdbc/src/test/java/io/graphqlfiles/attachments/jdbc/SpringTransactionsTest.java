package io.graphqlfiles.attachments.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store in the transactions of Spring, with the lines that {@link CurrentTransaction} recommends. */
class SpringTransactionsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:20:30Z");
    private static final AttachmentSlot SLOT = new AttachmentSlot("Product", "1", "image");

    private final TestDatabase database = TestDatabase.postgreSql();
    private final DataSource dataSource = database.dataSource();
    private final DataSource aware = new TransactionAwareDataSourceProxy(dataSource);
    private final JdbcAttachmentStore store = database.store(
            dataSource,
            () -> TransactionSynchronizationManager.isActualTransactionActive() ? aware.getConnection() : null);
    private final TransactionTemplate transaction =
            new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);

    @BeforeEach
    void createTables() throws Exception {
        store.createTables();
        database.execute("CREATE TABLE product (id varchar(50) PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void change_committedWithTheRecord() {
        BlobReference blob = announced();

        transaction.executeWithoutResult(status -> {
            jdbc.update("INSERT INTO product VALUES ('1')");
            replace(blob);
            assertThat(files()).containsExactly(blob);
        });

        assertThat(files()).containsExactly(blob);
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM product", Long.class))
                .isEqualTo(1);
    }

    @Test
    void change_rolledBackWithTheRecord_andSwept() {
        BlobReference old = announced();
        replace(old);
        BlobReference fresh = announced();

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    jdbc.update("INSERT INTO product VALUES ('1')");
                    replace(fresh);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(files()).containsExactly(old);
        assertThat(store.leaseDiscarded(NOW, NOW.plusSeconds(60), 10)).isEmpty();
        assertThat(store.discardUnattached(NOW.plusSeconds(1), 10, NOW)).isEqualTo(1);
        assertThat(store.leaseDiscarded(NOW, NOW.plusSeconds(60), 10)).containsExactly(fresh);
    }

    @Test
    void discardAll_rolledBack_keepsTheFiles() {
        BlobReference blob = announced();
        replace(blob);

        transaction.executeWithoutResult(status -> {
            assertThat(store.discardAll("Product", "1", NOW)).containsExactly(blob);
            status.setRollbackOnly();
        });

        assertThat(files()).containsExactly(blob);
    }

    @Test
    void change_conflictThatIsCaught_theTransactionGoesOn() {
        transaction.executeWithoutResult(status -> {
            jdbc.update("INSERT INTO product VALUES ('1')");
            assertThatThrownBy(() -> replace(new BlobReference("default", "unknown")))
                    .isInstanceOf(AttachmentConflictException.class);
            jdbc.update("INSERT INTO product VALUES ('2')");
        });

        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM product", Long.class))
                .isEqualTo(2);
    }

    @Test
    void change_inARequiresNewTransaction_isItsOwn() {
        BlobReference blob = announced();
        TransactionTemplate inner = new TransactionTemplate(transaction.getTransactionManager());
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        transaction.executeWithoutResult(status -> {
            jdbc.update("INSERT INTO product VALUES ('1')");
            inner.executeWithoutResult(innerStatus -> replace(blob));
            status.setRollbackOnly();
        });

        assertThat(files()).containsExactly(blob);
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM product", Long.class))
                .isZero();
    }

    @Test
    void announce_inATransaction_staysWhenItIsRolledBack() {
        transaction.executeWithoutResult(status -> {
            jdbc.update("INSERT INTO product VALUES ('1')");
            announced();
            status.setRollbackOnly();
        });

        assertThat(store.statistics())
                .isEqualTo(new AttachmentStatistics(0, new AttachmentStatistics.Backlog(1, 0, 0, NOW, null)));
    }

    @Test
    void transactionOfAnotherDatabase_isRefused() {
        try (TestDatabase other = TestDatabase.h2()) {
            TransactionTemplate elsewhere =
                    new TransactionTemplate(new DataSourceTransactionManager(other.dataSource()));

            assertThatThrownBy(() -> elsewhere.executeWithoutResult(status -> store.discardAll("Product", "1", NOW)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("is the transaction one of another database?");
        }
    }

    private BlobReference announced() {
        BlobReference blob = new BlobReference("default", "private/" + UUID.randomUUID());
        store.announce(List.of(blob), NOW);
        return blob;
    }

    private void replace(BlobReference blob) {
        store.change(List.of(new AttachmentEdit(SLOT, present -> List.of(new AttachedFile(blob, "{}")))), NOW);
    }

    private List<BlobReference> files() {
        return store.find("Product", "image", List.of("1")).getOrDefault("1", List.of()).stream()
                .map(AttachedFile::blob)
                .toList();
    }
}
