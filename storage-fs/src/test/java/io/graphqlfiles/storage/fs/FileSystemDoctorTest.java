package io.graphqlfiles.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.FileStoreReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory that is as it should be: what operators see on the first day. */
class FileSystemDoctorTest {

    @TempDir
    private Path root;

    @ParameterizedTest(name = "attributes: {0}")
    @ValueSource(booleans = {true, false})
    void examine_findsNoProblemAndLeavesNothing(boolean attributes) throws IOException {
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(FileSystemBlobStore.newFileSystemBlobStore(root)
                        .attributes(attributes)
                        .build())
                .secret("a secret of the tests, long enough to be one")
                .build();
        RuntimeWiring wiring =
                files.addScalars(RuntimeWiring.newRuntimeWiring()).build();
        files.apply(new SchemaGenerator()
                .makeExecutableSchema(
                        files.addTypeDefinitions(new SchemaParser().parse("type Query { manual: StoredFile @file }")),
                        wiring));

        FileStoreReport report = files.maintenance().doctor().examine();

        assertThat(report.hasProblems()).as(report.text()).isFalse();
        try (Stream<Path> left = Files.walk(root)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
