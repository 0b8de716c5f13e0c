package io.graphqlfiles.compatibility.spring;

import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.testkit.FaultyAttachmentStore;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Albums, in the database that Spring Boot embeds. */
@Configuration(proxyBeanMethods = false)
public class AlbumConfiguration {

    @Bean
    Albums albums(JdbcClient database) {
        return new Albums(database);
    }

    /** Counts what the database is asked for files, and looks at the threads that ask it for anything. */
    @Bean
    static BeanPostProcessor watchedDatabase() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof AttachmentStore store) {
                    return new FaultyAttachmentStore(store);
                }
                return bean instanceof DataSource source ? new WatchedDataSource(source) : bean;
            }
        };
    }

    /** An idle connection to a database in memory blocks nobody; one to a real database would. */
    private static final class WatchedDataSource extends DelegatingDataSource {

        WatchedDataSource(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            BlockingCalls.mayBlock("a connection to the database");
            return super.getConnection();
        }
    }
}
