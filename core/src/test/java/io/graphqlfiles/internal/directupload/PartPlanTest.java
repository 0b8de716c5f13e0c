package io.graphqlfiles.internal.directupload;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.PartUploads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartPlanTest {

    private static final long MIB = 1024 * 1024;
    private static final PartUploads.Limits S3 = new PartUploads.Limits(5 * MIB, 5 * 1024 * MIB, 10_000, 5 * MIB * MIB);

    @ParameterizedTest
    @CsvSource({
        "1, 8388608, 1",
        "8388608, 8388608, 1",
        "8388609, 8388608, 2",
        "10737418240, 8388608, 1280",
        "83886080000, 8388608, 10000",
        "83886080001, 9437184, 8889",
        "5497558138880, 550502400, 9987"
    })
    void of_eightMebibytes_moreWhereTheyWouldBeTooMany(long byteSize, long partByteSize, int count) {
        PartPlan plan = PartPlan.of(byteSize, S3);

        assertThat(plan).isEqualTo(new PartPlan(byteSize, partByteSize));
        assertThat(plan.count()).isEqualTo(count);
        assertThat(plan.byteSize(count)).isEqualTo(byteSize - (count - 1) * partByteSize);
        assertThat(plan.offset(count)).isEqualTo((count - 1) * partByteSize);
    }

    @ParameterizedTest
    @CsvSource({"0", "5497558138881"})
    void of_whatTheStoreDoesNotTake(long byteSize) {
        assertThat(PartPlan.of(byteSize, S3)).isNull();
    }

    @Test
    void of_withinTheStoresLimits() {
        assertThat(PartPlan.of(100 * MIB, new PartUploads.Limits(16 * MIB, 32 * MIB, 100, 1000 * MIB)))
                .isEqualTo(new PartPlan(100 * MIB, 16 * MIB));
        assertThat(PartPlan.of(100 * MIB, new PartUploads.Limits(1, MIB, 100, 1000 * MIB)))
                .isEqualTo(new PartPlan(100 * MIB, MIB));
        assertThat(PartPlan.of(100 * MIB + 1, new PartUploads.Limits(1, MIB, 100, 1000 * MIB)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "-1, false", "1, true", "2, true", "3, false", "2147483647, false"})
    void has_numbersFromOne(int number, boolean expected) {
        assertThat(new PartPlan(10, 5).has(number)).isEqualTo(expected);
    }
}
