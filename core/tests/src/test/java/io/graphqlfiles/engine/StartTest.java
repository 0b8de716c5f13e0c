package io.graphqlfiles.engine;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What an application need not wait for when it starts, seen by the classes that are loaded until its schema is there.
 */
class StartTest {

    private static final List<String> LATER = List.of(
            // All scalars of the library that has our two.
            "graphql.scalars.ExtendedScalars",
            // Tokens: of direct uploads, tus and look-ups by id.
            "com.nimbusds.jose.crypto.DirectEncrypter",
            // Uploads.
            "com.fasterxml.jackson.core.JsonFactory",
            "io.graphqlfiles.internal.mime.TypeDatabase",
            // Files that are copied from URLs.
            "io.graphqlfiles.internal.copyurl.GuardedClient",
            "org.apache.hc.client5.http.classic.methods.HttpGet");

    @Test
    void schema_isMadeWithoutWhatOnlyRequestsNeed() throws Exception {
        try (LoadedClasses classes = new LoadedClasses()) {
            classes.loadClass(Application.class.getName()).getMethod("run").invoke(null);

            assertThat(LATER).allSatisfy(name -> {
                assertThat(classes.has(name)).as(name).isFalse();
                assertThat(classes.loadClass(name)).as(name).isNotNull();
            });
        }
    }

    /** Loads everything anew: in this process other tests have started the library before. */
    private static final class LoadedClasses extends URLClassLoader {

        LoadedClasses() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(StartTest::url)
                    .toArray(URL[]::new);
        }

        boolean has(String name) {
            return findLoadedClass(name) != null;
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Public, as it is called across class loaders. */
    public static final class Application {

        private Application() {}

        public static void run() {
            GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                    .store(new InMemoryBlobStore())
                    .secret("a-secret-for-tests-of-32-characters-or-more")
                    .tus(true)
                    .authorizer(access -> true)
                    .build();
            TypeDefinitionRegistry types = files.addTypeDefinitions(new SchemaParser().parse("""
                                    type Query { file: StoredFile @file(maxSize: "1 MB", accept: ["image/*"]) }
                                    type Mutation { upload(file: StoredFileInput! @file(field: "Query.file")): StoredFile }
                                    """));
            GraphQLSchema schema = new SchemaGenerator()
                    .makeExecutableSchema(
                            types,
                            files.addScalars(RuntimeWiring.newRuntimeWiring()).build());
            files.apply(schema);
        }
    }
}
