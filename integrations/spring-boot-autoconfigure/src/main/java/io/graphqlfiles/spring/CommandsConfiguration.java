package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import java.util.function.IntConsumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the application is started for on the command line, in place of serving. */
@Configuration(proxyBeanMethods = false)
class CommandsConfiguration {

    /** On the command line: --graphql.files.reconcile, or =fix. */
    @Bean
    @ConditionalOnProperty("graphql.files.reconcile")
    ReconcileRunner graphQLFilesReconcileRunner(
            GraphQLFiles files, GraphQLFilesProperties properties, ConfigurableApplicationContext context) {
        boolean fixes = properties.reconcile() == GraphQLFilesProperties.Reconcile.FIX;
        return new ReconcileRunner(files, fixes, command(context), exit(context));
    }

    /** On the command line: --graphql.files.sweep.once, or =dry-run. */
    @Bean
    @ConditionalOnProperty("graphql.files.sweep.once")
    SweepRunner graphQLFilesSweepRunner(
            GraphQLFiles files, GraphQLFilesProperties properties, ConfigurableApplicationContext context) {
        boolean isDryRun = properties.sweep().once() == GraphQLFilesProperties.SweepOnce.DRY_RUN;
        Command command = command(context);
        return new SweepRunner(files, properties.sweep().options(isDryRun, command.progress()), command, exit(context));
    }

    /** On the command line: --graphql.files.migrate.once, or =dry-run. */
    @Bean
    @ConditionalOnProperty("graphql.files.migrate.once")
    MigrateRunner graphQLFilesMigrateRunner(
            GraphQLFiles files, GraphQLFilesProperties properties, ConfigurableApplicationContext context) {
        boolean isDryRun = properties.migrate().once() == GraphQLFilesProperties.MigrateOnce.DRY_RUN;
        return new MigrateRunner(files, properties.migrate().options(), isDryRun, command(context), exit(context));
    }

    /** On the command line: --graphql.files.make-variants. */
    @Bean
    @ConditionalOnProperty("graphql.files.make-variants")
    CountingRunner graphQLFilesVariantsRunner(GraphQLFiles files, ConfigurableApplicationContext context) {
        return new CountingRunner(
                "variants are there", files.maintenance()::makeVariants, command(context), exit(context));
    }

    /** On the command line: --graphql.files.relocate. */
    @Bean
    @ConditionalOnProperty("graphql.files.relocate")
    CountingRunner graphQLFilesRelocateRunner(GraphQLFiles files, ConfigurableApplicationContext context) {
        return new CountingRunner("files were moved", files.maintenance()::relocate, command(context), exit(context));
    }

    @Bean
    @ConditionalOnProperty("graphql.files.doctor")
    DoctorRunner graphQLFilesDoctor(GraphQLFiles files, ConfigurableApplicationContext context) {
        return new DoctorRunner(files, context);
    }

    @SuppressWarnings("SystemOut") // this is what was asked for
    private static Command command(ConfigurableApplicationContext context) {
        Command command = new Command(System.out, Command.isTerminal(), System::nanoTime);
        context.addApplicationListener(command);
        return command;
    }

    private static IntConsumer exit(ConfigurableApplicationContext context) {
        return status -> System.exit(SpringApplication.exit(context, () -> status));
    }
}
