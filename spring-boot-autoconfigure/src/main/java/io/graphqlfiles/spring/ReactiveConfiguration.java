package io.graphqlfiles.spring;

import io.graphqlfiles.GraphQLFiles;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.DispatcherHandler;

/** How HTTP reaches the library on WebFlux: multipart requests, the file endpoint, facts of each request. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
class ReactiveConfiguration {

    /**
     * After Spring Security, whose order is -100: nothing on WebFlux looks at a body before it is asked to, so nothing
     * of a request that is refused need be read.
     */
    static final int FILTER_ORDER = -50;

    private static final String RECEIVING = "graphQLFilesReceiving";
    private static final String SENDING = "graphQLFilesSending";

    /** Where clients are waited for. */
    @Bean
    BlockingWork graphQLFilesReceiving(GraphQLFilesProperties properties) {
        return new BlockingWork("graphql-files", properties.reactive().threads());
    }

    /** Where files are read from stores for clients: those that send slowly keep nobody from it. */
    @Bean
    BlockingWork graphQLFilesSending(GraphQLFilesProperties properties) {
        return new BlockingWork("graphql-files-sending", properties.reactive().threads());
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    GraphQLFilesBuilderCustomizer graphQLFilesExecutor(@Qualifier(RECEIVING) BlockingWork work) {
        return builder -> builder.executor(work);
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
