package io.graphqlfiles.compatibility.dgs;

import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.compatibility.Documents;
import io.graphqlfiles.compatibility.spring.AlbumConfiguration;
import io.graphqlfiles.compatibility.spring.MvcSecurity;
import io.graphqlfiles.compatibility.spring.PersistedQueries;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The documents application with data fetchers of DGS. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({AlbumConfiguration.class, AlbumFetchers.class, DocumentFetchers.class, ShelfLoader.class, MvcSecurity.class})
class DgsApplication {

    @Bean
    static PersistedQueries persistedQueries() {
        return new PersistedQueries();
    }

    @Bean
    Documents documents() {
        return new Documents();
    }

    @Bean
    FileAuthorizer authorizer() {
        return access -> true;
    }
}
