package io.graphqlfiles.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is UTF-8, as Java's decoder says. */
class Utf8Test {

    /** Those at which the rules begin and end. */
    private static final byte[] BYTES = Samples.hex("00417f80818f909fa0bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5f8ff");

    @Test
    void sequences() {
        for (byte first : BYTES) {
            for (byte second : BYTES) {
                for (byte third : BYTES) {
                    for (byte fourth : BYTES) {
                        byte[] bytes = {'a', first, second, third, fourth, 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'};
                        assertSame(bytes, 5);
                        assertSame(bytes, 13);
                    }
                }
            }
        }
    }

    @Test
    void text_withOneByteChanged() {
        Random random = new Random(1);
        byte[] text =
                "Größe, 姓名, 𠀀; and some more ASCII in between, Имя".repeat(3).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 100_000; i++) {
            byte[] changed = text.clone();
            changed[random.nextInt(text.length)] = (byte) random.nextInt();
            assertSame(changed, random.nextInt(text.length + 1));
        }
    }

    /** What breaks off is UTF-8 if it can go on so that it is. */
    @Test
    void sequences_thatBreakOff() {
        for (byte first : BYTES) {
            for (byte second : BYTES) {
                for (byte third : BYTES) {
                    byte[] bytes = {'a', first, second, third, (byte) 0x80, (byte) 0x80, (byte) 0x80};
                    for (int length = 1; length <= 4; length++) {
                        assertThat(Utf8.isValid(bytes, length, true)).isEqualTo(goesOn(bytes, length));
                    }
                }
            }
        }
    }

    private static boolean goesOn(byte[] bytes, int length) {
        for (int next : new int[] {0x80, 0x90, 0xa0}) {
            byte[] longer = Arrays.copyOf(bytes, length + 3);
            Arrays.fill(longer, length, length + 3, (byte) 0x80);
            longer[length] = (byte) next;
            for (int more = 0; more <= 3; more++) {
                if (decodes(longer, length + more)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void assertSame(byte[] bytes, int length) {
        if (Utf8.isValid(bytes, length, false) != decodes(bytes, length)) {
            assertThat(Arrays.copyOf(bytes, length)).as("not as Java says").isNull();
        }
    }

    private static boolean decodes(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
