package io.graphqlfiles.spring.test;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives every context of a test a secret of its own if it has none: the application's usually comes from the
 * environment, where tests run without it.
 */
final class TestSecretCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        return new SecretCustomizer();
    }

    /** Equal to every other: contexts are shared by what they are made of. */
    private record SecretCustomizer() implements ContextCustomizer {

        private static final String PROPERTY = "graphql.files.secret";

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
            ConfigurableEnvironment environment = context.getEnvironment();
            if (!hasSecret(environment)) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                environment
                        .getPropertySources()
                        .addFirst(new MapPropertySource(
                                "graphQLFilesTestSecret",
                                Map.of(PROPERTY, HexFormat.of().formatHex(random))));
            }
        }

        /** One that the binder could not resolve is left by it as it is written. */
        private static boolean hasSecret(ConfigurableEnvironment environment) {
            List<String> secrets = Binder.get(environment)
                    .bind(PROPERTY, Bindable.listOf(String.class))
                    .orElse(List.of());
            return secrets.stream().anyMatch(secret -> !secret.isBlank())
                    && secrets.stream().noneMatch(secret -> secret.contains("${"));
        }
    }
}
