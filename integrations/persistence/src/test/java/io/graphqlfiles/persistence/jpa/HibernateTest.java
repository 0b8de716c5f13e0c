package io.graphqlfiles.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spi.Visibility;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.cfg.Configuration;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.Test;

class HibernateTest {

    private static final StoredFile FILE = new StoredFile(
            "default",
            "private/abc",
            "a".repeat(251) + ".png",
            "image/png",
            1L << 40,
            Instant.parse("2026-11-21T10:20:30.123456Z"),
            Visibility.PUBLIC,
            null);

    @Entity(name = "Product")
    static class Product {
        @Id
        long id;

        StoredFile text;

        @JdbcTypeCode(SqlTypes.JSON)
        StoredFile json;

        @JdbcTypeCode(SqlTypes.JSON)
        List<StoredFile> list;

        /** As with a provider that is not Hibernate. */
        @Convert(converter = StoredFileConverter.class)
        @Column(length = 4000)
        StoredFile converted;
    }

    private static SessionFactory hibernate() {
        return new Configuration()
                .addAnnotatedClass(Product.class)
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:persistence;DB_CLOSE_DELAY=-1")
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .buildSessionFactory();
    }

    @Test
    void attribute_isTextOrJson() {
        try (SessionFactory hibernate = hibernate()) {
            hibernate.inTransaction(session -> {
                Product product = new Product();
                product.id = 1;
                product.text = FILE;
                product.json = FILE;
                product.list = List.of(FILE, FILE);
                product.converted = FILE;
                session.persist(product);
            });
            hibernate.inSession(session -> {
                Product found = session.find(Product.class, 1L);
                assertThat(found.text).isEqualTo(FILE);
                assertThat(found.json).isEqualTo(FILE);
                assertThat(found.list).containsExactly(FILE, FILE);
                assertThat(found.converted).isEqualTo(FILE);
                assertThat(column(session, "text")).isEqualTo(FILE.toJson());
                assertThat(column(session, "converted")).isEqualTo(FILE.toJson());
                assertThat(column(session, "json")).startsWith("{\"v\":1,");
                assertThat(session.createSelectionQuery("from Product where text = :file", Product.class)
                                .setParameter("file", FILE)
                                .getSingleResult())
                        .isSameAs(found);
            });
        }
    }

    @Test
    void attribute_mayBeNull() {
        try (SessionFactory hibernate = hibernate()) {
            hibernate.inTransaction(session -> {
                Product product = new Product();
                product.id = 1;
                session.persist(product);
            });
            hibernate.inSession(session -> {
                Product found = session.find(Product.class, 1L);
                assertThat(found.text).isNull();
                assertThat(found.json).isNull();
                assertThat(found.list).isNull();
                assertThat(found.converted).isNull();
            });
        }
    }

    private static String column(Session session, String name) {
        return session.createNativeQuery("select cast(" + name + " as varchar) from product", String.class)
                .getSingleResult();
    }
}
