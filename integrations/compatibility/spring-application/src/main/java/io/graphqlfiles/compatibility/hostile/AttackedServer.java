package io.graphqlfiles.compatibility.hostile;

import io.graphqlfiles.compatibility.spring.MvcApplication;
import io.graphqlfiles.compatibility.spring.SpringServer;
import io.graphqlfiles.compatibility.spring.WebFluxApplication;
import io.graphqlfiles.testkit.ServerUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;

/**
 * The server's side of {@link ServerProcess}: tells what it holds for each line on standard input, and ends with it.
 */
final class AttackedServer {

    /** Marks answers among what the server logs. */
    static final String MARK = "@answer ";

    private AttackedServer() {}

    /** Starts the server of that type, with these properties. */
    public static void main(String[] arguments) throws IOException {
        WebApplicationType type = WebApplicationType.valueOf(arguments[0]);
        SpringServer server = new SpringServer(
                type == WebApplicationType.SERVLET ? MvcApplication.class : WebFluxApplication.class,
                type,
                Arrays.copyOfRange(arguments, 1, arguments.length));
        ServerUnderTest description = server.description();
        answer(description.graphQl() + " " + description.files());
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (questions.readLine() != null) {
            answer(descriptors() + " " + threadsAtWork());
        }
        Runtime.getRuntime().halt(0);
    }

    /** What is open, but for libraries, which the JVM opens when it first looks into them. */
    private static String descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(AttackedServer::target)
                    .filter(target -> !target.endsWith(".jar") && !target.startsWith("/proc/"))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replace(' ', '_');
        } catch (IOException e) {
            return "/proc/"; // closed in the meantime
        }
    }

    /** Those that are in this library: the threads of pools, which are bounded, may wait for work. */
    private static String threadsAtWork() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey() != Thread.currentThread())
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("io.graphqlfiles.")))
                .map(Map.Entry::getKey)
                .map(Thread::getName)
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static void answer(String text) {
        System.out.println(MARK + text);
        System.out.flush();
    }
}
