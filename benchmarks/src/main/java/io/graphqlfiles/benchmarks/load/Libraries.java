package io.graphqlfiles.benchmarks.load;

import java.io.File;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a contender has of the libraries on the benchmarks' class path. Spring Boot sets up whatever it finds, so each
 * application gets its own dependencies, and not those of its peers and of the other benchmarks.
 */
enum Libraries {
    ALL("(?!)"),
    STARTER_MVC(Without.OTHER_BENCHMARKS + "|" + Without.MULTIPART_LIBRARY + "|" + Without.WEBFLUX),
    STARTER_WEBFLUX(Without.OTHER_BENCHMARKS + "|" + Without.MULTIPART_LIBRARY + "|" + Without.MVC),
    SPRING_ALONE(
            Without.OTHER_BENCHMARKS + "|" + Without.MULTIPART_LIBRARY + "|" + Without.WEBFLUX + "|" + Without.STARTER),
    SPRING_LIBRARY(Without.OTHER_BENCHMARKS + "|" + Without.WEBFLUX + "|" + Without.STARTER);

    private final String unwanted;

    Libraries(String unwanted) {
        this.unwanted = unwanted;
    }

    /** The entries of this process's class path that are of this kind. */
    String classPath() {
        Pattern pattern = Pattern.compile(unwanted);
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !pattern.matcher(entry.replace('\\', '/')).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Parts of paths: of the project's modules, which Maven gives as directories or as files, and of others' files. */
    private static final class Without {

        static final String OTHER_BENCHMARKS =
                "/(graphql-files-)?(attachments-jdbc|storage-(s3|gcs|azure)|pictures|testkit)[/-]|/h2database/|/jmh/|/tika/"
                        + "|/awssdk/|/com/google/|/opencensus/|/opentelemetry/|/grpc/|/threeten/"
                        + "|/httpcomponents/http(client|core)/|/com/azure/|/jackson-(dataformat-xml|datatype-jsr310)/"
                        + "|/woodstox/|/twelvemonkeys/|/thumbnailator/|/drewnoakes/|/com/adobe/"
                        + "|/junit/|/assertj/|/byte-buddy/";
        static final String MULTIPART_LIBRARY = "/multipart-spring-graphql/";
        static final String WEBFLUX = "webflux|reactor-netty|/io/netty/";
        static final String MVC = "webmvc|tomcat|jakarta.servlet|boot-servlet|/(graphql-files-)?servlet[/-]";
        static final String STARTER =
                "/graphql-files-(core|servlet|storage|spring)|/(core|servlet|storage-fs|spring-boot-autoconfigure|spring-boot-starter)/target/";
    }
}
