package io.graphqlfiles.spring;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.spring.ControllerMethods.ControllerMethod;
import io.micrometer.context.ContextSnapshot;
import jakarta.annotation.security.DenyAll;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.Advisor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.graphql.execution.ContextPropagationHelper;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.core.AuthenticationException;

/**
 * Asks Spring Security's rules on a controller's method before the files of its arguments are read. The method itself
 * is called with files that are stored, so its rules would come after the last byte.
 *
 * <p>Only rules that are known to look at no argument can be asked so early: {@code @Secured}, the annotations of
 * JSR-250, and {@code @PreAuthorize} without a {@code #}. All rules are asked again when the method is called; here one
 * can but refuse. Thread-safe.
 */
final class MethodSecurity implements FieldGuard {

    private static final Logger LOG = LoggerFactory.getLogger(MethodSecurity.class);

    private final ControllerMethods methods;
    private final BeanFactory beans;
    private final Map<ControllerMethod, List<MethodInterceptor>> rules = new ConcurrentHashMap<>();

    MethodSecurity(ControllerMethods methods, BeanFactory beans) {
        this.methods = methods;
        this.beans = beans;
    }

    /**
     * Returns if no rule is against it that the field is executed.
     *
     * @throws AccessDeniedException if the user may not
     * @throws AuthenticationException if the rules are for users, and there is none
     */
    @Override
    @SuppressWarnings("try") // closed for its effect
    public void require(DataFetchingEnvironment environment) {
        ControllerMethod called = methods.of(environment);
        if (called == null) {
            return;
        }
        // A mutation's second field runs in whatever thread finished its first.
        try (ContextSnapshot.Scope scope = ContextPropagationHelper.captureFrom(environment.getGraphQlContext())
                .setThreadLocals()) {
            Object bean = bean(called);
            if (bean != null) {
                rules.computeIfAbsent(called, method -> rules(bean, method.method()))
                        .forEach(rule -> require(rule, new Question(bean, called.method())));
            }
        }
    }

    private @Nullable Object bean(ControllerMethod called) {
        try {
            return beans.getBean(called.beanName());
        } catch (BeansException e) {
            LOG.debug("The rules on {} cannot be asked before it is called", called.method(), e);
            return null;
        }
    }

    private static void require(MethodInterceptor rule, Question question) {
        try {
            Object unused = rule.invoke(question);
        } catch (AccessDeniedException | AuthenticationException e) {
            throw e;
        } catch (Throwable e) {
            // One that wants more than there is yet: it is asked again when there is.
            LOG.debug("{} could not be asked before the files of {}", rule, question.getMethod(), e);
        }
    }

    private static List<MethodInterceptor> rules(Object bean, Method method) {
        if (!(bean instanceof Advised proxy)) {
            return List.of();
        }
        Class<?> type = AopUtils.getTargetClass(bean);
        // Proxies of interfaces are asked for the method of the interface; rules may be on that of the class.
        Method specific = AopUtils.getMostSpecificMethod(method, type);
        List<MethodInterceptor> found = new ArrayList<>();
        for (Advisor advisor : proxy.getAdvisors()) {
            // Spring Security puts wrappers around its advisors; what they advise is its own.
            if (advisor.getAdvice() instanceof AuthorizationAdvisor rule) {
                Kind kind = Kind.of(rule.getPointcut());
                if (matches(rule.getPointcut(), specific, type)
                        && kind.isAnsweredWithoutArguments(method, type)
                        && kind.isAnsweredWithoutArguments(specific, type)) {
                    found.add(rule);
                }
            } else if (mayPrepare(advisor, specific, type)) {
                break; // what comes after it may need what it does: a user to run as, a tenant
            }
        }
        return List.copyOf(found);
    }

    private static boolean mayPrepare(Advisor advisor, Method method, Class<?> type) {
        if (advisor.getAdvice() instanceof ExposeInvocationInterceptor) {
            return false;
        }
        return !(advisor instanceof PointcutAdvisor withPointcut) || matches(withPointcut.getPointcut(), method, type);
    }

    private static boolean matches(Pointcut pointcut, Method method, Class<?> type) {
        return pointcut.getClassFilter().matches(type)
                && pointcut.getMethodMatcher().matches(method, type);
    }

    /** What a rule is based on. Spring Security does not say; the methods it is for do. */
    private enum Kind {
        EXPRESSION {
            @Override
            boolean isAnsweredWithoutArguments(Method method, Class<?> type) {
                return Stream.concat(annotations(method), annotations(type)).noneMatch(Kind::mentionsArguments);
            }
        },
        AUTHORITIES {
            @Override
            boolean isAnsweredWithoutArguments(Method method, Class<?> type) {
                return true;
            }
        },
        UNKNOWN {
            @Override
            boolean isAnsweredWithoutArguments(Method method, Class<?> type) {
                return false;
            }
        };

        abstract boolean isAnsweredWithoutArguments(Method method, Class<?> type);

        static Kind of(Pointcut pointcut) {
            if (matches(pointcut, Samples.method("plain"), Samples.class)) {
                return UNKNOWN;
            }
            if (matches(pointcut, Samples.method("byExpression"), Samples.class)) {
                return EXPRESSION;
            }
            return matches(pointcut, Samples.method("byAuthority"), Samples.class)
                            || matches(pointcut, Samples.method("byRole"), Samples.class)
                    ? AUTHORITIES
                    : UNKNOWN;
        }

        private static Stream<MergedAnnotation<PreAuthorize>> annotations(AnnotatedElement element) {
            return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).stream(PreAuthorize.class);
        }

        /**
         * In SpEL every argument is a variable. The expression of an annotation of the application's own may be a
         * template that the values of that annotation are put into.
         */
        private static boolean mentionsArguments(MergedAnnotation<PreAuthorize> rule) {
            for (MergedAnnotation<?> each = rule; each != null; each = each.getMetaSource()) {
                if (Arrays.deepToString(each.asMap().values().toArray()).contains("#")) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A method of each kind. */
    @SuppressWarnings("UnusedMethod") // looked at, never called
    private static final class Samples {

        void plain() {}

        @PreAuthorize("denyAll")
        void byExpression() {}

        @Secured("NOBODY")
        void byAuthority() {}

        @DenyAll
        void byRole() {}

        static Method method(String name) {
            try {
                return Samples.class.getDeclaredMethod(name);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The call, before there are arguments for it. */
    private record Question(Object bean, Method method) implements MethodInvocation {

        @Override
        public Method getMethod() {
            return method;
        }

        @Override
        public Object[] getArguments() {
            return new Object[0];
        }

        /** What is asked permits it: nothing is called yet. */
        @Override
        public @Nullable Object proceed() {
            return null;
        }

        @Override
        public Object getThis() {
            Object target = AopProxyUtils.getSingletonTarget(bean);
            return target == null ? bean : target;
        }

        @Override
        public AccessibleObject getStaticPart() {
            return method;
        }
    }
}
