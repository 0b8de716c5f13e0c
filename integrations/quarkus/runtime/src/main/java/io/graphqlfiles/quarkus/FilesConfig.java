package io.graphqlfiles.quarkus;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of file fields, {@code quarkus.graphql-files}. */
@ConfigMapping(prefix = "quarkus.graphql-files")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface FilesConfig {

    /**
     * Secrets of at least 32 characters that sign URLs and encrypt upload tokens. The first is used for new ones, the
     * others are still accepted, so that a secret can be replaced without breaking what is in progress. Required.
     */
    Optional<List<String>> secret();

    /** Path below the root path at which files are served and direct uploads are received. */
    @WithDefault("/files")
    String basePath();

    /**
     * URL of this application as clients see it, with its root path and without the base path. By default it is taken
     * from each request.
     */
    Optional<URI> baseUrl();

    /**
     * Whether rules of Quarkus Security on methods that look at no argument are asked before files are read, and again
     * when the method is called.
     */
    @WithDefault("true")
    boolean earlyRules();

    /**
     * Where files are kept: "fs", "s3", "gcs" or "azure". All but "fs" need their module in the application. Not looked
     * at when the application has a {@code BlobStore} bean without a name.
     */
    @WithDefault("fs")
    StoreSettings.Kind store();

    /** The store in a directory. */
    Fs fs();

    /** The store in a bucket of Amazon S3, or of a server that speaks its protocol. */
    StoreSettings.S3 s3();

    /** The store in a bucket of Google Cloud Storage. */
    StoreSettings.Gcs gcs();

    /** The store in a container of Azure Blob Storage. */
    StoreSettings.Azure azure();

    /** Server-wide limits; they apply even if a field allows more. */
    Limits limits();

    /** Fetching files from URLs that clients give. */
    CopyUrl copyUrl();

    /** URLs to read private files. */
    Url url();

    /** Direct uploads. */
    Upload upload();

    /** Multipart requests. */
    Multipart multipart();

    /** Direct uploads and reads by scripts of other origins. */
    Cors cors();

    /** Removal of what nobody claimed. */
    Sweep sweep();

    /** Attached files: those whose records are known to the library, and not to columns of the application. */
    Attachments attachments();

    /** Threads that wait for clients and stores, in place of event loops. */
    Work work();

    /** The store in a directory. */
    interface Fs {

        /**
         * Directory that files are kept in. Made if it does not exist. Not looked at when the application has a
         * {@code BlobStore} bean.
         */
        Optional<Path> root();

        /**
         * Whether what is known of a file may be an extended attribute of it. Switch off where the directory is backed
         * up by something that loses attributes; small files then cost twice as much.
         */
        @WithDefault("true")
        boolean attributes();
    }

    /** Server-wide limits. */
    interface Limits {

        /** One file given as base64, counted decoded. */
        @WithDefault("10M")
        MemorySize base64();

        /**
         * One file given as a part of a multipart request. {@code quarkus.http.limits.max-body-size} does not apply.
         */
        @WithDefault("100M")
        MemorySize file();

        /** One file fetched from a URL. */
        @WithDefault("100M")
        MemorySize copyUrl();

        /** One file uploaded directly to the store. */
        @WithDefault("10G")
        MemorySize directUpload();

        /** Files in one request whose bytes pass through this server, over base64, file and copyURL. */
        @WithDefault("10")
        int filesPerRequest();

        /** Direct uploads that one request starts, completes, or gives the tokens of. */
        @WithDefault("100")
        int directUploadsPerRequest();

        /**
         * Bytes of files that pass through this server in one request. By default the number of files a request times
         * the largest of the limits for base64, file and copyURL.
         */
        Optional<MemorySize> bytesPerRequest();

        /** Calls of the library's own fields, such as startFileUpload and urlForFile, in one request. */
        @WithDefault("100")
        int callsPerRequest();

        /**
         * Attached fields that one request may set, clear or edit, and ids in its lists "remove" and "order", all
         * together.
         */
        @WithDefault("1000")
        int editsPerRequest();

        /** The "operations" field of a multipart request. */
        @WithDefault("1M")
        MemorySize operations();

        /** The "map" field of a multipart request. */
        @WithDefault("64K")
        MemorySize map();

        /** How long "operations" and "map" may take to arrive. */
        @WithDefault("30s")
        Duration operationsTime();

        /**
         * How many bytes a second a client must send of a body at least, but for half a minute. 0 if clients may be as
         * slow as they like.
         */
        @WithDefault("1K")
        MemorySize bytesPerSecond();

        /**
         * Temporary files of one multipart request, for parts that are asked for out of order or mapped to several
         * places.
         */
        @WithDefault("1G")
        MemorySize spooled();

        /** Temporary files of all multipart requests that are being answered. */
        @WithDefault("10G")
        MemorySize spooledTogether();

        /** How much of a body that nobody wants is read so that the client gets to read the answer. */
        @WithDefault("64M")
        MemorySize drained();

        /** How long such a rest is read. */
        @WithDefault("10s")
        Duration drainTime();
    }

    /** Fetching files from URLs that clients give. */
    interface CopyUrl {

        /**
         * Networks in CIDR notation that may be fetched from although they are not public, for example "10.1.0.0/16".
         */
        Optional<List<String>> allowedNetworks();

        /** Time to look up a server, and to connect to it. */
        @WithDefault("5s")
        Duration connectTimeout();

        /** Time for all files of a request to arrive, with all redirects. */
        @WithDefault("60s")
        Duration totalTimeout();

        /** Redirects that are followed. */
        @WithDefault("3")
        int maxRedirects();

        /** Requests that may fetch files at once. Each holds a thread. */
        @WithDefault("32")
        int maxConcurrentRequests();
    }

    /** URLs to read private files. */
    interface Url {

        /** Time that a signed URL is valid at least. */
        @WithDefault("3h")
        Duration validity();

        /** Time for which the same file has the same signed URL, so that caches work. */
        @WithDefault("1h")
        Duration window();
    }

    /** Direct uploads. */
    interface Upload {

        /** Time that an upload URL and its token are valid. */
        @WithDefault("3h")
        Duration validity();

        /** Whether the file endpoint also speaks tus, for clients on bad networks. */
        @WithDefault("false")
        boolean tus();
    }

    /** Multipart requests. */
    interface Multipart {

        /**
         * Whether a multipart request needs a header that a form on another site cannot send, such as
         * "GraphQL-Preflight: 1". Switch off only if no user of this server is known by cookie or network.
         */
        @WithDefault("true")
        boolean preflightRequired();

        /**
         * Directory for the temporary files of parts that are asked for out of order or mapped to several places. By
         * default that of the system.
         */
        Optional<Path> temporaryDirectory();
    }

    /** Direct uploads and reads by scripts of other origins. */
    interface Cors {

        /**
         * Origins that may upload and read files by script, for example "https://shop.example". "*", the default, for
         * all: the signature of each URL decides.
         */
        @WithDefault("*")
        List<String> allowedOrigins();
    }

    /**
     * Removal of direct uploads that nobody claimed, of attached files that no record has any more, and of what killed
     * processes have left.
     */
    interface Sweep {

        /** Whether this application removes them. Switch off where another process does. */
        @WithDefault("true")
        boolean enabled();

        /** Time from the end of one sweep to the next. */
        @WithDefault("1h")
        Duration interval();
    }

    /** Attached files. */
    interface Attachments {

        /**
         * Whether attached files are kept in the application's database. Looked at where the module
         * "graphql-files-attachments-jdbc" and Agroal are on the class path.
         */
        @WithDefault("true")
        boolean enabled();

        /** Whether missing tables are made when the application starts. Switch off where Flyway or Liquibase does. */
        @WithDefault("true")
        boolean createTables();

        /** How long files that have left their records are kept, to be restored. */
        @WithDefault("0s")
        Duration retention();

        /** Schema with the tables. By default that of the connection. */
        Optional<String> schema();
    }

    /** Threads. */
    interface Work {

        /**
         * Threads in which files are received, at most: a thread for each file that is being uploaded. Further uploads
         * wait. As many again work on other mutations with files, and as many read files for downloads.
         */
        @WithDefault("64")
        int threads();

        /** Requests that wait for one of these threads, at most. Further ones are answered with status 503. */
        @WithDefault("1000")
        int maxWaiting();

        /** How long a client may send nothing of a body before its request is broken off. */
        @WithDefault("30s")
        Duration readTimeout();
    }
}
