package io.graphqlfiles.spring;

import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import reactor.core.publisher.Mono;

/**
 * Takes what is thrown around a controller to its {@code @GraphQlExceptionHandler} methods: by a transaction that is
 * committed after it has returned, by a rule of who may call it that is asked before it is called. Thread-safe.
 */
final class ControllerExceptionResolver implements DataFetcherExceptionResolver, Ordered {

    private final ObjectProvider<AnnotatedControllerConfigurer> controllers;
    private final ControllerMethods methods;
    private final ApplicationContext beans;

    ControllerExceptionResolver(
            ObjectProvider<AnnotatedControllerConfigurer> controllers,
            ControllerMethods methods,
            ApplicationContext beans) {
        this.controllers = controllers;
        this.methods = methods;
        this.beans = beans;
    }

    /** Before the advice of all controllers, as when a controller throws. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }

    @Override
    public Mono<List<GraphQLError>> resolveException(Throwable exception, DataFetchingEnvironment environment) {
        AnnotatedControllerConfigurer configurer = controllers.getIfAvailable();
        ControllerMethods.ControllerMethod method = methods.of(environment);
        return configurer == null || method == null
                ? Mono.empty()
                : configurer
                        .getExceptionResolver()
                        .resolveException(exception, environment, beans.getBean(method.beanName()));
    }
}
