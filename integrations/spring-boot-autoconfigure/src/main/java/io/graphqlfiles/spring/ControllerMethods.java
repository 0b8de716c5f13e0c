package io.graphqlfiles.spring;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsData;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Which method of the application's executes a field: of a controller of Spring for GraphQL, or of a component of DGS.
 * Looks for them when it is first asked. Thread-safe.
 */
final class ControllerMethods {

    private final ApplicationContext beans;
    private volatile @Nullable Map<String, ControllerMethod> methods;

    ControllerMethods(ApplicationContext beans) {
        this.beans = beans;
    }

    /**
     * A method, as its class declares it.
     *
     * @param beanName of the bean that has it
     */
    record ControllerMethod(String beanName, Method method) {}

    /** Null if the field has none of its own. */
    @Nullable
    ControllerMethod of(DataFetchingEnvironment environment) {
        String typeName = ((GraphQLNamedType) environment.getParentType()).getName();
        return methods().get(typeName + "." + environment.getFieldDefinition().getName());
    }

    private Map<String, ControllerMethod> methods() {
        Map<String, ControllerMethod> known = methods;
        if (known == null) {
            known = find();
            methods = known;
        }
        return known;
    }

    private Map<String, ControllerMethod> find() {
        Map<String, ControllerMethod> found = new HashMap<>();
        eachMethod(Controller.class, (bean, method) -> {
            SchemaMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, SchemaMapping.class);
            if (mapping != null) {
                found.putIfAbsent(
                        coordinate(mapping.typeName(), mapping.field(), method), new ControllerMethod(bean, method));
            }
        });
        if (ClassUtils.isPresent("com.netflix.graphql.dgs.DgsData", ControllerMethods.class.getClassLoader())) {
            Dgs.addTo(found, this);
        }
        return found;
    }

    private void eachMethod(Class<? extends Annotation> stereotype, BiConsumer<String, Method> visitor) {
        for (String name : beans.getBeanNamesForAnnotation(stereotype)) {
            Class<?> type = beans.getType(name);
            if (type != null) {
                Set<Method> all = MethodIntrospector.selectMethods(
                        ClassUtils.getUserClass(type), (Method method) -> !method.isSynthetic());
                all.forEach(method -> visitor.accept(name, method));
            }
        }
    }

    private static String coordinate(String typeName, String field, Method method) {
        return typeName + "." + (StringUtils.hasText(field) ? field : method.getName());
    }

    /** Apart, as DGS may not be there. */
    private static final class Dgs {

        static void addTo(Map<String, ControllerMethod> found, ControllerMethods methods) {
            methods.eachMethod(DgsComponent.class, (bean, method) -> {
                for (DgsData data : AnnotatedElementUtils.findMergedRepeatableAnnotations(method, DgsData.class)) {
                    found.putIfAbsent(
                            coordinate(data.parentType(), data.field(), method), new ControllerMethod(bean, method));
                }
            });
        }
    }
}
