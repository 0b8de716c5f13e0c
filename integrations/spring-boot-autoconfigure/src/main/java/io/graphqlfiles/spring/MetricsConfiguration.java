package io.graphqlfiles.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics, where the application has any. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(MeterRegistry.class)
class MetricsConfiguration {

    @Bean
    FileMetrics graphQLFilesMetrics(MeterRegistry registry) {
        return new FileMetrics(registry);
    }

    /** The timer alone, in an application that has metrics and makes no observations. */
    @Bean
    @ConditionalOnMissingBean
    FileObservations graphQLFilesTimer(MeterRegistry meters) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return new FileObservations(registry);
    }
}
