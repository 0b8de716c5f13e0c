package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperationsGateTest {

    private static final int MUCH = 1024 * 1024;

    private static final String OPERATIONS_AND_MAP =
            "--boundary\r\n\r\n{\"query\":\"-- --boundar\"}\r\n--boundary\r\n\r\n{}\r\n";

    @Test
    void opensWithTheDelimiterBehindTheMap_howeverSmallThePieces() {
        OperationsGate gate = new OperationsGate(MUCH);
        byte[] body = (OPERATIONS_AND_MAP + "--boundary\r\n").getBytes(ISO_8859_1);
        int opened = OPERATIONS_AND_MAP.length() + "--boundary".length();

        for (int length = 0; length < opened; length++) {
            assertThat(gate.opensAt(body, length)).as("%d bytes", length).isFalse();
        }
        assertThat(gate.opensAt(body, opened)).isTrue();
    }

    @Test
    void opensAtOnce_ifAllOfItHasCome() {
        byte[] body = ("\r\n" + OPERATIONS_AND_MAP + "--boundary--\r\n").getBytes(ISO_8859_1);

        assertThat(new OperationsGate(MUCH).opensAt(body, body.length)).isTrue();
    }

    @Test
    void staysClosed_whileTheMapIsMissing() {
        byte[] body = OPERATIONS_AND_MAP.getBytes(ISO_8859_1);

        assertThat(new OperationsGate(MUCH).opensAt(body, body.length)).isFalse();
        assertThat(new OperationsGate(MUCH).opensAt(body, 0)).isFalse();
    }

    @Test
    void whatIsNoMultipartBody_isForTheParser() {
        byte[] endlessLine = "x".repeat(100).getBytes(ISO_8859_1);
        byte[] body = OPERATIONS_AND_MAP.getBytes(ISO_8859_1);

        assertThat(new OperationsGate(MUCH).opensAt(endlessLine, endlessLine.length))
                .isTrue();
        assertThat(new OperationsGate(body.length - 1).opensAt(body, body.length))
                .isTrue();
    }
}
