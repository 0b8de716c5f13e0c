package io.graphqlfiles.spring;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Observations, where the application makes any: they become spans, and a timer. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(ObservationRegistry.class)
class ObservationConfiguration {

    @Bean
    FileObservations graphQLFilesObservations(ObservationRegistry registry) {
        return new FileObservations(registry);
    }
}
