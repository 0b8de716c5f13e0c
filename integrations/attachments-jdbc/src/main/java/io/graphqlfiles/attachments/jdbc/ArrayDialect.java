package io.graphqlfiles.attachments.jdbc;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A dialect that takes any number of texts as one parameter. */
abstract class ArrayDialect extends Dialect {

    ArrayDialect(String name) {
        super(name);
    }

    @Override
    final int maxTexts() {
        return Integer.MAX_VALUE;
    }

    @Override
    final String anyOf(List<String> texts) {
        return "= ANY (?)";
    }

    @Override
    final int setTexts(PreparedStatement statement, int index, List<String> texts) throws SQLException {
        Array array = statement.getConnection().createArrayOf("varchar", texts.toArray());
        statement.setArray(index, array);
        return index + 1;
    }
}
