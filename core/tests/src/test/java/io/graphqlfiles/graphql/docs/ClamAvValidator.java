package io.graphqlfiles.graphql.docs;

import io.graphqlfiles.FileCandidate;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileValidator;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

// tag::scanner
/** Asks clamd (INSTREAM). If it is away or says that it cannot scan, the file is refused with FILE_CHECK_FAILED. */
final class ClamAvValidator implements FileValidator {

    private static final int CHUNK = 64 * 1024;

    private final InetSocketAddress clamd;

    ClamAvValidator(InetSocketAddress clamd) {
        this.clamd = clamd;
    }

    @Override
    public void validate(FileCandidate file) throws IOException {
        String answer = scan(file);
        if (answer.endsWith(" FOUND")) {
            throw FileException.invalid("The file contains something harmful.");
        }
        if (!answer.equals("stream: OK")) {
            throw new IOException("clamd: expected OK or FOUND, found \"" + answer + "\"");
        }
    }

    private String scan(FileCandidate file) throws IOException {
        try (Socket socket = new Socket();
                InputStream content = file.openStream()) {
            socket.connect(clamd, 2_000);
            socket.setSoTimeout(60_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeBytes("nINSTREAM\n");
            byte[] chunk = new byte[CHUNK];
            for (int length = content.read(chunk); length >= 0; length = content.read(chunk)) {
                if (length > 0) {
                    out.writeInt(length);
                    out.write(chunk, 0, length);
                }
            }
            out.writeInt(0);
            out.flush();
            return new String(socket.getInputStream().readNBytes(1024), StandardCharsets.UTF_8).strip();
        }
    }
}
// end::scanner
