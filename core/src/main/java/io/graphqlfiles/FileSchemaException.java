package io.graphqlfiles;

import java.util.List;

/** The file fields of a schema are declared wrongly. For the developer; found when the schema is built, all at once. */
public final class FileSchemaException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final List<String> problems;

    /** @param problems one line for each mistake, starting with its schema coordinate */
    public FileSchemaException(List<String> problems) {
        super("The schema's file fields have " + problems.size() + (problems.size() == 1 ? " mistake:" : " mistakes:")
                + "\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line for each mistake, starting with its schema coordinate. */
    public List<String> problems() {
        return problems;
    }
}
