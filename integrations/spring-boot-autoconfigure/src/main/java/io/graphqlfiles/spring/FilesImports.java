package io.graphqlfiles.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Names the configurations that the application has a use for, in the order in which their beans are decided on. A
 * configuration for a library that is not there, or for a command that was not given, is not even read: every start
 * would wait for it.
 */
final class FilesImports implements ImportSelector {

    /** On the command line. */
    private static final List<String> COMMANDS = List.of(
            "graphql.files.reconcile",
            "graphql.files.sweep.once",
            "graphql.files.migrate.once",
            "graphql.files.make-variants",
            "graphql.files.relocate",
            "graphql.files.doctor");

    private final ClassLoader classLoader;
    private final Environment environment;
    private final List<String> names = new ArrayList<>();

    /** As Spring gives them to what selects imports. */
    FilesImports(ClassLoader classLoader, Environment environment) {
        this.classLoader = classLoader;
        this.environment = environment;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        addIfPresent("StoreConfiguration$FileSystem", "io.graphqlfiles.storage.fs.FileSystemBlobStore");
        addIfPresent(
                "StoreConfiguration$S3",
                "io.graphqlfiles.storage.s3.S3BlobStore",
                "software.amazon.awssdk.services.s3.S3Client");
        addIfPresent("StoreConfiguration$Gcs", "io.graphqlfiles.storage.gcs.GcsBlobStore");
        addIfPresent("StoreConfiguration$Azure", "io.graphqlfiles.storage.azure.AzureBlobStore");
        addIfPresent("ObservationConfiguration", "io.micrometer.observation.ObservationRegistry");
        addIfPresent("MetricsConfiguration", "io.micrometer.core.instrument.MeterRegistry");
        addIfPresent(
                "AttachmentsConfiguration",
                "io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore",
                "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy");
        addIfPresent("PicturesConfiguration", "io.graphqlfiles.pictures.PictureAnalyzer");
        addIfPresent("TransactionConfiguration", "org.springframework.transaction.PlatformTransactionManager");
        addIfPresent("SweepLockConfiguration", "net.javacrumbs.shedlock.core.LockProvider");
        addIfPresent(
                "ActuatorConfiguration$OfFiles",
                "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint");
        addIfPresent(
                "ActuatorConfiguration$HealthOfBoot4",
                "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator");
        addIfPresent(
                "ActuatorConfiguration$HealthOfBoot3",
                "org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator");
        if (COMMANDS.stream().anyMatch(environment::containsProperty)) {
            add("CommandsConfiguration");
        }
        add("FilesConfiguration");
        addIfPresent("SecurityConfiguration", "org.springframework.security.authorization.method.AuthorizationAdvisor");
        add("SchemaConfiguration$Controllers");
        addIfPresent(
                "SchemaConfiguration$Boot4",
                "org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer");
        addIfPresent(
                "SchemaConfiguration$Boot3",
                "org.springframework.boot.autoconfigure.graphql.GraphQlSourceBuilderCustomizer");
        addIfPresent("DgsConfiguration", "com.netflix.graphql.dgs.DgsComponent");
        addIfPresent(
                "ServletConfiguration",
                "io.graphqlfiles.servlet.GraphQLUploadFilter",
                "org.springframework.web.servlet.DispatcherServlet");
        addIfPresent("ReactiveConfiguration", "org.springframework.web.reactive.DispatcherHandler");
        return names.toArray(String[]::new);
    }

    /** @param needed all of these classes */
    private void addIfPresent(String configuration, String... needed) {
        for (String name : needed) {
            if (!ClassUtils.isPresent(name, classLoader)) {
                return;
            }
        }
        add(configuration);
    }

    private void add(String configuration) {
        names.add(getClass().getPackageName() + "." + configuration);
    }
}
