package io.graphqlfiles.compatibility.persistence;

import static io.graphqlfiles.compatibility.persistence.Samples.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.persistence.spring.StoredFileConverters;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.config.AbstractMongoClientConfiguration;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;

/**
 * The real driver and its BSON over a socket, to a server that speaks MongoDB's protocol and keeps documents in memory.
 */
class MongoTest {

    private static final MongoServer SERVER = new MongoServer(new MemoryBackend());
    private static String url;

    @org.springframework.data.mongodb.core.mapping.Document("products")
    record Product(@Id String id, String name, StoredFile image, List<StoredFile> gallery) {}

    @Configuration(proxyBeanMethods = false)
    static class Mongo extends AbstractMongoClientConfiguration {

        @Override
        @Bean
        public MongoClient mongoClient() {
            return MongoClients.create(url);
        }

        @Override
        protected String getDatabaseName() {
            return "shop";
        }

        // tag::conversions
        @Override
        @Bean
        public MongoCustomConversions customConversions() {
            return new MongoCustomConversions(StoredFileConverters.documents());
        }
        // end::conversions
    }

    @BeforeAll
    static void start() {
        url = SERVER.bindAndGetConnectionString();
    }

    @AfterAll
    static void stop() {
        SERVER.shutdownNow();
    }

    @Test
    void file_isADocument() {
        try (var context = new AnnotationConfigApplicationContext(Mongo.class)) {
            MongoTemplate products = context.getBean(MongoTemplate.class);

            Product cup = products.insert(new Product(null, "Cup", IMAGE, List.of(IMAGE, IMAGE)));
            Product jug = products.insert(new Product(null, "Jug", null, List.of()));

            assertThat(products.find(query(where("image.type").is("image/png")), Product.class))
                    .containsExactly(cup);
            assertThat(products.findById(jug.id(), Product.class).image()).isNull();
            Document kept = products.getCollection("products")
                    .find(new Document("name", "Cup"))
                    .first();
            assertThat(kept.get("image", Document.class))
                    .containsEntry("size", 1L << 40)
                    .doesNotContainKey("_class");
        }
    }
}
