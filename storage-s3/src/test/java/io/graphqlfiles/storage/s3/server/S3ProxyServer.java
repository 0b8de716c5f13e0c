package io.graphqlfiles.storage.s3.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/**
 * s3proxy in this process, with one bucket, on a port of the loopback interface; it takes Signature Version 4 only.
 * {@link S3ServerMain} runs it as a process of its own.
 */
public final class S3ProxyServer implements S3Server {

    private static final String ACCESS_KEY = "test-access-key";
    private static final String SECRET_KEY = "test-secret-key";

    private final S3Proxy server;
    private final BlobStore blobs;
    private final String bucket;
    private final String accessKey;
    private final String secretKey;

    private S3ProxyServer(Builder builder) {
        this.bucket = builder.bucket;
        this.accessKey = builder.accessKey;
        this.secretKey = builder.secretKey;
        Properties properties = new Properties();
        if (builder.directory != null) {
            properties.setProperty("jclouds.filesystem.basedir", builder.directory.toString());
        }
        this.blobs = new FaithfulBlobs(
                BlobStores.create(builder.directory == null ? "transient" : "filesystem", properties));
        this.server = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:" + builder.port))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .ignoreUnknownHeaders(true)
                // The default reads a whole part into memory to check its signature, up to 32 MiB.
                .v4MaxNonChunkedRequestSize(256L * 1024 * 1024)
                .corsRules(new CrossOriginResourceSharing(
                        List.of(builder.origins),
                        List.of("GET", "HEAD", "PUT"),
                        List.of("content-type", "if-none-match", "range"),
                        List.of("ETag", "Content-Range"),
                        ""))
                .stopTimeout(0)
                .build();
    }

    /** In memory, on a free port, with everything as tests want it. */
    public static S3ProxyServer start() {
        return newServer().start();
    }

    /** Starts with what {@link #start()} has. */
    public static Builder newServer() {
        return new Builder();
    }

    @Override
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public String bucket() {
        return bucket;
    }

    @Override
    public String region() {
        return "us-east-1";
    }

    @Override
    public String accessKey() {
        return accessKey;
    }

    @Override
    public String secretKey() {
        return secretKey;
    }

    @Override
    public void close() {
        try {
            server.stop();
            blobs.close();
        } catch (Exception e) {
            throw new IllegalStateException("s3proxy does not stop", e);
        }
    }

    /** What may be another way. */
    public static final class Builder {

        private int port;
        private String bucket = "test-bucket";
        private String accessKey = ACCESS_KEY;
        private String secretKey = SECRET_KEY;
        private String origins = "https?://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?";
        private Path directory;

        private Builder() {}

        /** Default: 0, a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        public Builder bucket(String bucket) {
            this.bucket = bucket;
            return this;
        }

        public Builder credentials(String accessKey, String secretKey) {
            this.accessKey = accessKey;
            this.secretKey = secretKey;
            return this;
        }

        /** The origins that CORS lets in, as a regular expression. Default: every port of this machine. */
        public Builder origins(String origins) {
            this.origins = origins;
            return this;
        }

        /** Keeps objects in files; by default they are in memory. */
        public Builder directory(Path directory) {
            this.directory = directory;
            return this;
        }

        public S3ProxyServer start() {
            S3ProxyServer started = new S3ProxyServer(this);
            try {
                started.server.start();
            } catch (Exception e) {
                throw new IllegalStateException("s3proxy does not start", e);
            }
            started.blobs.createContainer(bucket);
            return started;
        }
    }
}
