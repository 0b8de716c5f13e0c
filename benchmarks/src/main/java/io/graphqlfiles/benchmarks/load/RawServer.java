package io.graphqlfiles.benchmarks.load;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** What the container can do: the raw body, copied to a file. */
final class RawServer extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Path directory;

    private RawServer(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] args) throws Exception {
        BareTomcat.serve("/upload", new RawServer(Path.of(args[0])), null);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long size = 0;
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = request.getInputStream();
                OutputStream out = Files.newOutputStream(
                        directory.resolve(UUID.randomUUID().toString()))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                size += read;
            }
        }
        response.setContentType("application/json");
        response.getWriter().write("{\"byteSize\":" + size + "}");
    }
}
