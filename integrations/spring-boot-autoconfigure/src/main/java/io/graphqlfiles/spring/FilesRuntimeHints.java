package io.graphqlfiles.spring;

import io.graphqlfiles.StoredFile;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/**
 * What a native image must keep for this library: what is read from its jars by name, and what is called by reflection.
 */
final class FilesRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources()
                .registerPattern("META-INF/graphql-files/*")
                .registerPattern("io/graphqlfiles/internal/mime/types.bin")
                .registerPattern("io/graphqlfiles/attachments/jdbc/*/*.sql");
        // Jackson writes and reads it in the application's own objects.
        new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), StoredFile.class);
        // Called by DGS, where it is there.
        hints.reflection()
                .registerType(
                        TypeReference.of("io.graphqlfiles.spring.DgsConfiguration$SchemaComponent"),
                        MemberCategory.INVOKE_PUBLIC_METHODS);
        if (ClassUtils.isPresent("io.graphqlfiles.persistence.jpa.HibernateTypes", classLoader)) {
            // Hibernate finds it as a service and JPA by its name.
            hints.resources().registerPattern("META-INF/services/org.hibernate.boot.model.TypeContributor");
            hints.reflection()
                    .registerType(
                            TypeReference.of("io.graphqlfiles.persistence.jpa.HibernateTypes"),
                            MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
        }
    }
}
