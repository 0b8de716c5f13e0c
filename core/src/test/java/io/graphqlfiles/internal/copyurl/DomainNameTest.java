package io.graphqlfiles.internal.copyurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DomainNameTest {

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void name_ofAccentsWithoutEnd_isRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.toAscii("a" + "\u0301\u0327".repeat(500_000) + ".example"))
                .withMessageContaining("shorter host name");
    }

    @Test
    void name_thatIsLongOnlyBeforeItIsMapped_isTaken() {
        assertThat(DomainName.toAscii("a" + "\u00ad".repeat(500) + "b.example")).isEqualTo("ab.example");
    }
}
