package io.graphqlfiles.storage.s3;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.MigrateOptions;
import io.graphqlfiles.maintenance.MigrateResult;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import io.graphqlfiles.storage.s3.server.S3Server;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An application whose files move from a directory to a bucket; its {@link #main} is what moves them. */
final class MigratingShop {

    private MigratingShop() {}

    /** @param from null if nothing moves */
    static GraphQLFiles files(BlobStore to, BlobStore from) {
        GraphQLFiles.Builder builder =
                GraphQLFiles.newGraphQLFiles().store(to).secret("a secret of the tests, long enough to be one");
        if (from != null) {
            builder.migrateFrom(from);
        }
        GraphQLFiles files = builder.build();
        files.apply(new SchemaGenerator()
                .makeExecutableSchema(
                        files.addTypeDefinitions(new SchemaParser().parse("""
                                type Query { product: Product }
                                type Product {
                                  picture: StoredFile @file(visibility: PUBLIC)
                                  manual: StoredFile @file
                                }
                                """)),
                        files.addScalars(RuntimeWiring.newRuntimeWiring()).build()));
        return files;
    }

    static S3BlobStore bucket(S3Client client, String name) {
        return S3BlobStore.newS3BlobStore(client, name).keyPrefix("moved/").build();
    }

    /** A process that moves what is left. */
    static ProcessBuilder process(S3Server server, Path directory) {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MigratingShop.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "S3_ENDPOINT", server.endpoint().toString(),
                        "S3_BUCKET", server.bucket(),
                        "S3_REGION", server.region(),
                        "S3_ACCESS_KEY", server.accessKey(),
                        "S3_SECRET_KEY", server.secretKey()));
        return builder;
    }

    /** Ends with status 1 if something is left. The first argument is the directory. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        try (S3Client client = S3Client.builder()
                        .endpointOverride(URI.create(environment.get("S3_ENDPOINT")))
                        .forcePathStyle(true)
                        .region(Region.of(environment.get("S3_REGION")))
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                                environment.get("S3_ACCESS_KEY"), environment.get("S3_SECRET_KEY"))))
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
                GraphQLFiles files = files(
                        bucket(client, environment.get("S3_BUCKET")), FileSystemBlobStore.at(Path.of(arguments[0])))) {
            MigrateResult result = files.maintenance()
                    .migrate(MigrateOptions.newMigrateOptions()
                            .threads(4)
                            .bytesPerSecond(2_000_000)
                            .progress(System.out::println)
                            .build());
            System.out.println(result);
            System.exit(result.isDone() ? 0 : 1);
        }
    }
}
