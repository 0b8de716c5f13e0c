package io.graphqlfiles.example;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.StoredFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Products in a table. A file is one text column: the JSON of its {@link StoredFile}. */
@Repository
class ProductRepository {

    private final JdbcClient database;

    ProductRepository(JdbcClient database) {
        this.database = database;
    }

    List<Product> findAll() {
        return database.sql("select * from product order by id desc")
                .query(ProductRepository::toProduct)
                .list();
    }

    @Nullable
    Product find(long id) {
        return database.sql("select * from product where id = :id")
                .param("id", id)
                .query(ProductRepository::toProduct)
                .optional()
                .orElse(null);
    }

    /** Two changes of one product at a time would both believe to replace the same old file, and leave one behind. */
    @Nullable
    Product findLocked(long id) {
        return database.sql("select * from product where id = :id for update")
                .param("id", id)
                .query(ProductRepository::toProduct)
                .optional()
                .orElse(null);
    }

    Product insert(ProductInput input) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        database.sql("insert into product (name, image, manual, attachment)"
                        + " values (:name, :image, :manual, :attachment)")
                .param("name", input.name())
                .param("image", toText(input.image()))
                .param("manual", toText(input.manual()))
                .param("attachment", toText(input.attachment()))
                .update(key, "id");
        return new Product(
                requireNonNull(key.getKey()).longValue(),
                input.name(),
                input.image(),
                input.manual(),
                input.attachment());
    }

    void update(Product product) {
        database.sql("update product set name = :name, image = :image, manual = :manual,"
                        + " attachment = :attachment where id = :id")
                .param("id", product.id())
                .param("name", product.name())
                .param("image", toText(product.image()))
                .param("manual", toText(product.manual()))
                .param("attachment", toText(product.attachment()))
                .update();
    }

    void delete(long id) {
        database.sql("delete from product where id = :id").param("id", id).update();
    }

    private static Product toProduct(ResultSet row, int number) throws SQLException {
        return new Product(
                row.getLong("id"),
                row.getString("name"),
                toFile(row.getString("image")),
                toFile(row.getString("manual")),
                toFile(row.getString("attachment")));
    }

    private static @Nullable String toText(@Nullable StoredFile file) {
        return file == null ? null : file.toJson();
    }

    private static @Nullable StoredFile toFile(@Nullable String text) {
        return text == null ? null : StoredFile.fromJson(text);
    }
}
