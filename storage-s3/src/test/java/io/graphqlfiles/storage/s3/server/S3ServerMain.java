package io.graphqlfiles.storage.s3.server;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs {@link S3ProxyServer} as a process of its own until it is killed. Arguments, all optional: {@code port=9000
 * bucket=files access-key=... secret-key=... origins=<regular expression> directory=<path>}. Without a directory,
 * objects are kept in memory. Writes the variables that {@link S3Server#open} reads when it is ready.
 */
public final class S3ServerMain {

    private S3ServerMain() {}

    public static void main(String[] arguments) throws Exception {
        S3ProxyServer.Builder builder = S3ProxyServer.newServer();
        String accessKey = "test-access-key";
        String secretKey = "test-secret-key";
        for (String argument : arguments) {
            String[] setting = argument.split("=", 2);
            String value = setting.length == 2 ? setting[1] : "";
            switch (setting[0]) {
                case "port" -> builder.port(Integer.parseInt(value));
                case "bucket" -> builder.bucket(value);
                case "access-key" -> accessKey = value;
                case "secret-key" -> secretKey = value;
                case "origins" -> builder.origins(value);
                case "directory" -> builder.directory(Files.createDirectories(Path.of(value)));
                default -> throw new IllegalArgumentException("no such setting: " + setting[0]);
            }
        }
        S3ProxyServer server = builder.credentials(accessKey, secretKey).start();
        System.out.println("S3_ENDPOINT=" + server.endpoint());
        System.out.println("S3_BUCKET=" + server.bucket());
        System.out.println("S3_REGION=" + server.region());
        System.out.println("S3_ACCESS_KEY=" + accessKey);
        System.out.println("S3_SECRET_KEY=" + secretKey);
        Thread.currentThread().join();
    }
}
