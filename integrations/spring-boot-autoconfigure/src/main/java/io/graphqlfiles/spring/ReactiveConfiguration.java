package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** How HTTP reaches the library on WebFlux: multipart requests, the file endpoint, facts of each request. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class ReactiveConfiguration {

    /**
     * After Spring Security, whose order is -100: nothing on WebFlux looks at a body before it is asked to, so nothing
     * of a request that is refused need be read.
     */
    static final int FILTER_ORDER = -50;

    private static final String RECEIVING = "graphQLFilesReceiving";
    private static final String WORKING = "graphQLFilesWorking";
    private static final String SENDING = "graphQLFilesSending";

    /** Where clients are waited for. */
    @Bean
    BlockingWork graphQLFilesReceiving(GraphQLFilesProperties properties) {
        return work("graphql-files", properties);
    }

    /** Where only stores and the application are: clients that are slow to send keep nobody from it. */
    @Bean
    BlockingWork graphQLFilesWorking(GraphQLFilesProperties properties) {
        return work("graphql-files-working", properties);
    }

    private static BlockingWork work(String name, GraphQLFilesProperties properties) {
        GraphQLFilesProperties.Reactive reactive = properties.reactive();
        return new BlockingWork(name, reactive.threads(), reactive.maxWaiting());
    }

    /** Where files are read from stores for clients: those that send slowly keep nobody from it. */
    @Bean
    BlockingWork graphQLFilesSending(GraphQLFilesProperties properties) {
        return work("graphql-files-sending", properties);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    GraphQLFilesBuilderCustomizer graphQLFilesExecutor(
            @Qualifier(WORKING) BlockingWork working, @Qualifier(RECEIVING) BlockingWork receiving) {
        return builder -> builder.executor(working).uploadExecutor(receiving);
    }

    @Bean
    @Order(FILTER_ORDER)
    RequestFactsWebFilter graphQLFilesRequestFactsFilter(@Value(GraphQLFilesProperties.GRAPHQL_PATH) String path) {
        return new RequestFactsWebFilter(path);
    }

    @Bean
    @Order(FILTER_ORDER + 1)
    UploadWebFilter graphQLUploadFilter(
            GraphQLFiles files,
            @Value(GraphQLFilesProperties.GRAPHQL_PATH) String path,
            @Qualifier(RECEIVING) BlockingWork work,
            GraphQLFilesProperties properties) {
        return new UploadWebFilter(files, path, work, properties.reactive().readTimeout());
    }

    @Bean
    @Order(FILTER_ORDER)
    FileWebFilter graphQLFileFilter(
            GraphQLFiles files,
            @Qualifier(RECEIVING) BlockingWork receiving,
            @Qualifier(SENDING) BlockingWork sending,
            GraphQLFilesProperties properties) {
        return new FileWebFilter(
                files, receiving, sending, properties.reactive().readTimeout());
    }

    @Bean
    FileRequestInterceptor graphQLFilesRequestInterceptor(@Value("${spring.webflux.base-path:}") String basePath) {
        return new FileRequestInterceptor(() -> basePath, RequestFactsWebFilter::facts);
    }
}
