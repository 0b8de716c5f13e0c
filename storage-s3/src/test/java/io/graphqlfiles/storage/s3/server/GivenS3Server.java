package io.graphqlfiles.storage.s3.server;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/** A server that somebody else runs. */
record GivenS3Server(URI endpoint) implements S3Server {

    @Override
    public String bucket() {
        return variable("S3_BUCKET");
    }

    @Override
    public String region() {
        String region = System.getenv("S3_REGION");
        return region == null ? "us-east-1" : region;
    }

    @Override
    public String accessKey() {
        return variable("S3_ACCESS_KEY");
    }

    @Override
    public String secretKey() {
        return variable("S3_SECRET_KEY");
    }

    @Override
    public void close() {}

    private static String variable(String name) {
        return requireNonNull(System.getenv(name), name + " must be set when S3_ENDPOINT is");
    }
}
