package io.graphqlfiles.spring;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.CallbackPreferringPlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * Puts a {@link CommitDeferral} before the transaction managers of databases, where {@code @Transactional} methods,
 * repositories and templates find it. Elsewhere than in mutations that attach files it does nothing.
 */
final class DeferringManagers implements BeanPostProcessor {

    /** JPA need not be there. */
    private static final @Nullable Class<?> FACTORY = findFactory();

    /** A manager with a deferral. */
    interface Deferring {
        CommitDeferral deferral();
    }

    /** The deferral of a manager; null if it has none. */
    static @Nullable CommitDeferral deferralOf(PlatformTransactionManager manager) {
        return manager instanceof Deferring deferring ? deferring.deferral() : null;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof ResourceTransactionManager manager
                        && !(bean instanceof CallbackPreferringPlatformTransactionManager)
                        && isOfDatabase(manager.getResourceFactory())
                ? proxy(manager)
                : bean;
    }

    private static @Nullable Class<?> findFactory() {
        String name = "jakarta.persistence.EntityManagerFactory";
        ClassLoader loader = DeferringManagers.class.getClassLoader();
        return ClassUtils.isPresent(name, loader) ? ClassUtils.resolveClassName(name, loader) : null;
    }

    private static boolean isOfDatabase(Object resources) {
        return resources instanceof DataSource || (FACTORY != null && FACTORY.isInstance(resources));
    }

    private static Object proxy(ResourceTransactionManager manager) {
        Set<Class<?>> interfaces = new LinkedHashSet<>(ClassUtils.getAllInterfacesForClassAsSet(manager.getClass()));
        interfaces.add(Deferring.class);
        return Proxy.newProxyInstance(
                DeferringManagers.class.getClassLoader(),
                interfaces.toArray(Class<?>[]::new),
                new Handler(manager, new CommitDeferral(manager)));
    }

    private record Handler(PlatformTransactionManager manager, CommitDeferral deferral) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (method.getDeclaringClass() == Deferring.class) {
                return deferral;
            }
            if (method.getDeclaringClass() == PlatformTransactionManager.class && arguments != null) {
                return call(method, arguments);
            }
            if (method.getName().equals("equals") && arguments != null) {
                return proxy == arguments[0];
            }
            try {
                return method.invoke(manager, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private @Nullable Object call(Method method, @Nullable Object[] arguments) {
            Object argument = arguments[0];
            if (method.getName().equals("getTransaction")) {
                return deferral.begin((TransactionDefinition) argument);
            }
            TransactionStatus status = (TransactionStatus) argument;
            if (method.getName().equals("commit")) {
                deferral.commit(status);
            } else {
                deferral.rollBack(status);
            }
            return null;
        }
    }
}
