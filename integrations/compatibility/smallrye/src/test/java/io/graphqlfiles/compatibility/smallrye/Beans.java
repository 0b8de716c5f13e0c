package io.graphqlfiles.compatibility.smallrye;

import io.smallrye.graphql.spi.LookupService;
import io.smallrye.graphql.spi.ManagedInstance;

/** In place of CDI; SmallRye's own substitute gives each instance once only. */
public final class Beans implements LookupService {

    @Override
    public String getName() {
        return "beans of the test";
    }

    @Override
    public <T> ManagedInstance<T> getInstance(Class<T> type) {
        return new ManagedInstance<>() {
            @Override
            public T get() {
                try {
                    return type.getConstructor().newInstance();
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
