package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.FileStoreReport;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * In place of the application's work: writes how the stores of the file fields should be set up, and whether they are,
 * and ends the process, with exit code 1 if something does not work.
 */
final class DoctorRunner implements CommandRunner {

    private final GraphQLFiles files;
    private final ConfigurableApplicationContext context;

    DoctorRunner(GraphQLFiles files, ConfigurableApplicationContext context) {
        this.files = files;
        this.context = context;
    }

    @Override
    @SuppressWarnings("SystemOut") // this is what was asked for
    public void run(ApplicationArguments arguments) {
        FileStoreReport report = files.maintenance().doctor().examine();
        System.out.print(report.text());
        System.out.flush();
        System.exit(SpringApplication.exit(context, () -> report.hasProblems() ? 1 : 0));
    }

    /** Before what the application itself does at its start. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
