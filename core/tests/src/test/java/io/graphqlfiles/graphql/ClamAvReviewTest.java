package io.graphqlfiles.graphql;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.graphqlfiles.graphql.ReviewShop.Way;
import io.graphqlfiles.graphql.docs.Clamd;
import io.graphqlfiles.graphql.docs.ReviewedByClamAv;
import io.graphqlfiles.maintenance.FileMaintenance.Reviewed;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that wait for clamd, where it is installed: {@code apt-get install clamav-daemon}. */
class ClamAvReviewTest {

    private static final byte[] CLEAN = "harmless".getBytes(US_ASCII);

    @TempDir
    static Path directory;

    private static Clamd daemon;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Clamd.isInstalled(), "clamd is not installed");
        daemon = Clamd.start(directory);
    }

    @AfterAll
    static void stop() {
        if (daemon != null) {
            daemon.close();
        }
    }

    private static ReviewShop shop() {
        return new ReviewShop(ReviewedByClamAv.reviewer(daemon.address()));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void clean_waits_andIsReleased(Way way) throws Exception {
        ReviewShop shop = shop();
        String id = shop.create(way, CLEAN);
        shop.assertPending(id);

        assertThat(shop.review()).isEqualTo(new Reviewed(1, 0, 0));

        shop.assertReady(id);
        assertThat(shop.review()).isEqualTo(new Reviewed(0, 0, 0));
        shop.shop.sweep();
        shop.assertReady(id);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void eicar_waits_andIsRejected_andItsContentIsGone(Way way) throws Exception {
        ReviewShop shop = shop();
        String id = shop.create(way, Clamd.EICAR.getBytes(US_ASCII));
        shop.assertPending(id);

        assertThat(shop.review()).isEqualTo(new Reviewed(0, 1, 0));

        shop.assertRejected(id);
        shop.shop.sweep();
        assertThat(shop.shop.keys()).noneMatch(key -> key.startsWith("private/"));
    }

    @Test
    void daemonIsAway_filesWait_andAreDecidedWhenItIsBack() throws Exception {
        ReviewShop shop = shop();
        String clean = shop.create(Way.BASE64, CLEAN);
        String harmful = shop.create(Way.BASE64, Clamd.EICAR.getBytes(US_ASCII));
        daemon.goAway();
        try {
            assertThat(shop.review()).isEqualTo(new Reviewed(0, 0, 2));
            shop.assertPending(clean);
            shop.assertPending(harmful);
        } finally {
            daemon.comeBack();
        }
        assertThat(shop.review()).as("not at once").isEqualTo(new Reviewed(0, 0, 0));

        shop.shop.catalogue.clock.advance(Duration.ofSeconds(30));
        assertThat(shop.review()).isEqualTo(new Reviewed(1, 1, 0));

        shop.assertReady(clean);
        shop.assertRejected(harmful);
    }

    /** Longer than the daemon scans: nobody knows, so a person has to say. */
    @Test
    void fileThatCannotBeScanned_waitsForAPerson_andNoOtherWaitsForIt() throws Exception {
        ReviewShop shop = shop();
        String large = shop.create("x".repeat(3_000_000));
        String clean = shop.create("harmless");

        assertThat(shop.review()).isEqualTo(new Reviewed(1, 0, 1));
        shop.assertPending(large);
        shop.assertReady(clean);

        assertThat(shop.shop.files().attachments().release(shop.file(large).id()))
                .isTrue();
        shop.assertReady(large);
        shop.shop.catalogue.clock.advance(Duration.ofDays(1));
        assertThat(shop.review()).isEqualTo(new Reviewed(0, 0, 0));
    }
}
