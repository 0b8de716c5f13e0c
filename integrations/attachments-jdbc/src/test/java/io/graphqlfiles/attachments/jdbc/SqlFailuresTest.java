package io.graphqlfiles.attachments.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "40001, 0",
        "40P01, 0",
        "55P03, 0",
        "HYT00, 50200",
        "90131, 90131",
        "HY000, 1205",
        "40001, 1213",
        "HY000, 1020"
    })
    void of_cancelledForAnother_conflict(String state, int code) {
        SQLException failure = new SQLException("Key (blob_key)=(secret)", state, code);

        assertThat(SqlFailures.of("change", failure))
                .isInstanceOf(AttachmentConflictException.class)
                .hasMessage("change: cancelled in favour of another change (SQLState " + state + ")")
                .hasCause(failure);
    }

    @ParameterizedTest
    @CsvSource({"08006, 0", "40003, 0", "57014, 0", "23505, 0", "HY000, 1064", "53300, 0"})
    void of_others_failure(String state, int code) {
        SQLException failure = new SQLException("Key (blob_key)=(secret)", state, code);

        assertThat(SqlFailures.of("change", failure))
                .isExactlyInstanceOf(AttachmentStoreException.class)
                .hasMessage("change failed with SQLState " + state)
                .hasCause(failure);
    }

    @Test
    void of_noState_failure() {
        assertThat(SqlFailures.of("find", new SQLException("odd"))).hasMessage("find failed with SQLState unknown");
    }
}
