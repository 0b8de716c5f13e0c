package io.graphqlfiles.internal.types;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;

/** {@code java -jar graphql-files-core.jar}: prints all of the library's SDL, for tools. Needs nothing but this jar. */
final class PrintSdl {

    private PrintSdl() {}

    @SuppressWarnings("SystemOut") // this is what was asked for
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        out.print(SdlFiles.read(SdlFiles.FILES) + "\n" + SdlFiles.read(SdlFiles.ATTACHMENTS) + "\n"
                + SdlFiles.read(SdlFiles.OPERATIONS));
        out.flush();
    }
}
