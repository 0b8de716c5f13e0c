package io.graphqlfiles.compatibility.day.shop;

import io.graphqlfiles.spring.GraphQLFilesBuilderCustomizer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile("rsocket")
class RSocketThreads {

    // tag::executor
    @Bean(destroyMethod = "shutdown")
    ExecutorService fileThreads() {
        return Executors.newFixedThreadPool(16);
    }

    @Bean
    GraphQLFilesBuilderCustomizer filesInThreadsOfTheirOwn(ExecutorService fileThreads) {
        return builder -> builder.executor(fileThreads);
    }
    // end::executor
}
