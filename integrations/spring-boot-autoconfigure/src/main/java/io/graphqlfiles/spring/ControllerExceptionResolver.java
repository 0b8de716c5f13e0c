package io.graphqlfiles.spring;

import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.stereotype.Controller;
import org.springframework.util.StringUtils;
import reactor.core.publisher.Mono;

/**
 * Takes what a transaction throws when it is committed to the {@code @GraphQlExceptionHandler} methods of the
 * controller whose mutation it was, although that has returned. Thread-safe.
 */
final class ControllerExceptionResolver implements DataFetcherExceptionResolver, ApplicationContextAware, Ordered {

    private final ObjectProvider<AnnotatedControllerConfigurer> controllers;
    private @Nullable ApplicationContext context;
    private volatile @Nullable Map<String, String> beanNames;

    ControllerExceptionResolver(ObjectProvider<AnnotatedControllerConfigurer> controllers) {
        this.controllers = controllers;
    }

    @Override
    public void setApplicationContext(ApplicationContext context) {
        this.context = context;
    }

    /** Before the advice of all controllers, as when a controller throws. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }

    @Override
    public Mono<List<GraphQLError>> resolveException(Throwable exception, DataFetchingEnvironment environment) {
        AnnotatedControllerConfigurer configurer = controllers.getIfAvailable();
        ApplicationContext beans = context;
        if (configurer == null || beans == null) {
            return Mono.empty();
        }
        String typeName = ((GraphQLNamedType) environment.getParentType()).getName();
        String bean = beanNames(beans)
                .get(typeName + "." + environment.getFieldDefinition().getName());
        return bean == null
                ? Mono.empty()
                : configurer.getExceptionResolver().resolveException(exception, environment, beans.getBean(bean));
    }

    private Map<String, String> beanNames(ApplicationContext beans) {
        Map<String, String> known = beanNames;
        if (known == null) {
            known = find(beans);
            beanNames = known;
        }
        return known;
    }

    /** The controller of each field that has a method of its own for it. */
    private static Map<String, String> find(ApplicationContext beans) {
        Map<String, String> found = new HashMap<>();
        for (String name : beans.getBeanNamesForAnnotation(Controller.class)) {
            Class<?> type = beans.getType(name);
            if (type == null) {
                continue;
            }
            Map<Method, SchemaMapping> mappings =
                    MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<SchemaMapping>)
                            method -> AnnotatedElementUtils.findMergedAnnotation(method, SchemaMapping.class));
            mappings.forEach((method, mapping) -> {
                String field = StringUtils.hasText(mapping.field()) ? mapping.field() : method.getName();
                found.putIfAbsent(mapping.typeName() + "." + field, name);
            });
        }
        return found;
    }
}
