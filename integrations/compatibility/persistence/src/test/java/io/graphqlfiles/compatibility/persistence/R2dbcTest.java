package io.graphqlfiles.compatibility.persistence;

import static io.graphqlfiles.compatibility.persistence.Samples.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.persistence.spring.StoredFileConverters;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.r2dbc.config.AbstractR2dbcConfiguration;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.relational.core.mapping.Table;

class R2dbcTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Table("r2dbc_product")
    record Product(@Id Long id, String name, StoredFile image) {}

    private static ConnectionFactory postgres() {
        return ConnectionFactories.get("r2dbc:postgresql://postgres@localhost:" + Database.port() + "/postgres");
    }

    // tag::conversions
    @Configuration(proxyBeanMethods = false)
    static class R2dbcConfiguration extends AbstractR2dbcConfiguration {

        @Override
        @Bean
        public ConnectionFactory connectionFactory() {
            return postgres();
        }

        @Override
        protected List<Object> getCustomConverters() {
            return List.copyOf(StoredFileConverters.r2dbcJson()); // or text()
        }
    }
    // end::conversions

    @Test
    void jsonb_onPostgresql() {
        Database.run("create table r2dbc_product (id bigserial primary key, name text, image jsonb)");
        try (var context = new AnnotationConfigApplicationContext(R2dbcConfiguration.class)) {
            R2dbcEntityTemplate products = context.getBean(R2dbcEntityTemplate.class);

            Product withImage = products.insert(new Product(null, "Cup", IMAGE)).block(LONG);
            Product without = products.insert(new Product(null, "Jug", null)).block(LONG);

            List<Product> found =
                    products.select(Product.class).all().collectList().block(LONG);
            assertThat(found).containsExactlyInAnyOrder(withImage, without);
            assertThat(found).extracting(Product::image).contains(IMAGE);
        }
        assertThat(Database.ask("select image ->> 'type' from r2dbc_product where image is not null"))
                .isEqualTo("image/png");
    }
}
