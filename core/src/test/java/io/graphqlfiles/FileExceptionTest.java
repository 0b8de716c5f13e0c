package io.graphqlfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileExceptionTest {

    @Test
    void details_surviveSerialisation() throws Exception {
        FileException refusal = new FileException(FileErrorCode.FILE_TOO_LARGE, "Too large.")
                .with("maxByteSize", 5L)
                .with("accept", List.of("image/*"));

        FileException copy = copyOf(refusal);

        assertThat(copy.code()).isEqualTo(FileErrorCode.FILE_TOO_LARGE);
        assertThat(copy).hasMessage("Too large.");
        assertThat(copy.details()).isEqualTo(Map.of("maxByteSize", 5L, "accept", List.of("image/*")));
        assertThat(copyOf(FileException.invalid("No.")).details()).isEmpty();
    }

    @Test
    void with_copiesLists() {
        List<String> accept = new ArrayList<>(List.of("image/*"));
        FileException refusal = FileException.invalid("No.").with("accept", accept);

        accept.clear();

        assertThat(refusal.details()).containsEntry("accept", List.of("image/*"));
    }

    @Test
    void with_whatNoClientCanRead() {
        FileException refusal = FileException.invalid("No.");

        assertThatThrownBy(() -> refusal.with("file", new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value: expected a string, number, boolean or list of these, found a java.lang.Object");
        assertThatThrownBy(() -> refusal.with("files", List.of(Map.of()))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "inputPath", "classification"})
    void with_aNameThatIsTaken(String name) {
        assertThatThrownBy(() -> FileException.invalid("No.").with(name, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FileException copyOf(FileException exception) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (FileException) in.readObject();
        }
    }
}
