package io.graphqlfiles.compatibility.persistence;

import static io.graphqlfiles.compatibility.persistence.Samples.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.persistence.spring.StoredFileConverters;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

class SpringDataJdbcTest {

    // tag::entity
    @Table("jdbc_product")
    record Product(@Id Long id, String name, StoredFile image) {}
    // end::entity

    // tag::conversions
    @Configuration(proxyBeanMethods = false)
    static class JdbcConfiguration extends AbstractJdbcConfiguration {

        @Override
        protected List<?> userConverters() {
            return StoredFileConverters.jdbcJson(); // or text()
        }
    }
    // end::conversions

    @Configuration(proxyBeanMethods = false)
    static class TextConfiguration extends AbstractJdbcConfiguration {

        @Override
        protected List<?> userConverters() {
            return StoredFileConverters.text();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Postgres {

        @Bean
        DataSource dataSource() {
            return Database.dataSource();
        }

        @Bean
        NamedParameterJdbcOperations jdbc(DataSource dataSource) {
            return new NamedParameterJdbcTemplate(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class H2 {

        @Bean
        DataSource dataSource() {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setUrl("jdbc:h2:mem:jdbc;DB_CLOSE_DELAY=-1");
            return h2;
        }

        @Bean
        NamedParameterJdbcOperations jdbc(DataSource dataSource) {
            return new NamedParameterJdbcTemplate(dataSource);
        }
    }

    @Test
    void jsonb_onPostgresql() {
        Database.run("create table jdbc_product (id bigserial primary key, name text, image jsonb)");
        try (var context = new AnnotationConfigApplicationContext(Postgres.class, JdbcConfiguration.class)) {
            comesBack(context.getBean(JdbcAggregateTemplate.class));
        }
        assertThat(Database.ask("select image ->> 'type' from jdbc_product where image is not null"))
                .isEqualTo("image/png");
    }

    @Test
    void text_onH2() {
        try (var context = new AnnotationConfigApplicationContext(H2.class, TextConfiguration.class)) {
            context.getBean(NamedParameterJdbcOperations.class)
                    .getJdbcOperations()
                    .execute("create table \"jdbc_product\" (id bigint generated always as identity primary key,"
                            + " name varchar, image varchar)");
            comesBack(context.getBean(JdbcAggregateTemplate.class));
        }
    }

    private static void comesBack(JdbcAggregateTemplate products) {
        Product withImage = products.insert(new Product(null, "Cup", IMAGE));
        Product without = products.insert(new Product(null, "Jug", null));

        assertThat(products.findById(withImage.id(), Product.class).image()).isEqualTo(IMAGE);
        assertThat(products.findById(without.id(), Product.class).image()).isNull();
    }
}
