package io.graphqlfiles.attachments.jdbc.shop;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts processes that live for a moment: hundreds of them, each of which would spend most of its time loading
 * classes. So a first one writes down what it has loaded, in an archive that the others map into their memory.
 */
final class QuickJvm {

    private final String classPath;
    private final Path archive;
    private final Class<?> main;

    private QuickJvm(String classPath, Path archive, Class<?> main) {
        this.classPath = classPath;
        this.archive = archive;
        this.main = main;
    }

    /**
     * Runs a first process to its end.
     *
     * @param directory for the archive
     * @throws IllegalStateException if that process fails
     */
    static QuickJvm prepare(Path directory, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            classPath.add(
                    Files.isDirectory(path)
                            ? jar(path, directory.resolve(classPath.size() + ".jar"))
                                    .toString()
                            : entry);
        }
        Path archive = directory.resolve("classes.jsa");
        QuickJvm jvm = new QuickJvm(String.join(File.pathSeparator, classPath), archive, main);
        Path output = directory.resolve("first-process");
        int exit = jvm.builder("-XX:ArchiveClassesAtExit=" + archive, arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("exit " + exit + ": " + Files.readString(output));
        }
        return jvm;
    }

    /** The command for one process. */
    ProcessBuilder with(List<String> arguments) {
        return builder("-XX:SharedArchiveFile=" + archive, arguments);
    }

    private ProcessBuilder builder(String archiveOption, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                archiveOption,
                // A JVM that cannot use the archive is slower, and must not say so on its output.
                "-Xshare:auto",
                "-Xlog:disable",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Archives take no classes from directories. */
    private static Path jar(Path directory, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> content = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) content.filter(Files::isRegularFile)::iterator) {
                String name = directory.relativize(path).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(path, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
