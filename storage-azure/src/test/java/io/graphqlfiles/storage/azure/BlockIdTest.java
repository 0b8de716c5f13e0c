package io.graphqlfiles.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.graphqlfiles.spi.UploadedPart;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockIdTest {

    private static final Instant NOW = Instant.parse("2030-02-03T04:05:06.789Z");
    private static final String UPLOAD = BlockId.newUploadId(NOW, "text/plain; charset=utf-8");

    @Test
    void encoded_parsed_isTheSame() {
        BlockId id = new BlockId(BlockId.uploadOf(UPLOAD), 10_000, BlockId.newVersion(NOW), 499, 500);

        assertThat(BlockId.parse(id.encoded())).isEqualTo(id);
        assertThat(BlockId.parse(id.encoded()).uploadBegunAt()).isEqualTo(NOW);
    }

    @Test
    void encoded_allHaveOneLengthThatTheServiceTakes() {
        List<BlockId> ids = List.of(
                BlockId.mark(BlockId.uploadOf(UPLOAD)),
                BlockId.ofSignedPart(UPLOAD, 1, NOW),
                new BlockId(BlockId.newUpload(Instant.EPOCH), 10_000, BlockId.newVersion(NOW), 49_999, 50_000));

        assertThat(ids).allSatisfy(id -> assertThat(id.encoded()).hasSize(76));
        assertThat(Base64.getDecoder().decode(ids.get(0).encoded())).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void contentTypeOf_isInTheUploadId() {
        assertThat(BlockId.contentTypeOf(UPLOAD)).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void newVersion_growsEvenIfTheClockStandsStill() {
        String before = BlockId.newVersion(NOW);

        assertThat(BlockId.newVersion(NOW)).isGreaterThan(before);
        assertThat(BlockId.newVersion(NOW.minusSeconds(60))).isGreaterThan(before);
    }

    @Test
    void ofSignedPart_sameQuestion_sameAnswer_laterIsNewer() {
        BlockId first = BlockId.ofSignedPart(UPLOAD, 3, NOW);

        assertThat(BlockId.ofSignedPart(UPLOAD, 3, NOW)).isEqualTo(first);
        assertThat(BlockId.ofSignedPart(UPLOAD, 3, NOW.plusSeconds(1)).version())
                .isGreaterThan(first.version());
    }

    @Test
    void firstOf_aListedPart_isItsFirstBlock() {
        BlockId id = new BlockId(BlockId.uploadOf(UPLOAD), 7, BlockId.newVersion(NOW), 0, 3);

        assertThat(BlockId.firstOf(UPLOAD, new UploadedPart(7, 100, id.partVersion())))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "!!", "AAAAAAAA"})
    void parse_anothersBlock_isNull(String encoded) {
        assertThat(BlockId.parse(encoded)).isNull();
    }

    @Test
    void uploadOf_anothersUpload_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BlockId.uploadOf("none"));
    }
}
