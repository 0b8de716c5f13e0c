package io.graphqlfiles.benchmarks.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Takes what is sent to S3 and forgets it, so that what is measured is the sender. Checks no signature. Argument: a key
 * store with the password {@code benchmark}; none for plain HTTP. Prints its port, and ends with its standard input.
 */
final class DiscardingS3Server {

    private static final String OK = "HTTP/1.1 200 OK\r\nETag: \"0\"\r\n";

    private DiscardingS3Server() {}

    public static void main(String[] arguments) throws Exception {
        ServerSocket server = arguments.length == 0
                ? new ServerSocket(0, 50, InetAddress.getLoopbackAddress())
                : tls(arguments[0])
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        System.out.println(server.getLocalPort());
        Thread acceptor = new Thread(() -> accept(server), "acceptor");
        acceptor.setDaemon(true);
        acceptor.start();
        while (System.in.read() >= 0) {
            // Until the other process closes its end.
        }
    }

    private static SSLContext tls(String keyStore) throws GeneralSecurityException, IOException {
        char[] password = S3UploadLoad.PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(keyStore)) {
            keys.load(in, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void accept(ServerSocket server) {
        while (true) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread thread = new Thread(() -> serve(socket), "connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        byte[] buffer = new byte[256 * 1024];
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            OutputStream out = socket.getOutputStream();
            for (String request = line(in); !request.isEmpty(); request = line(in)) {
                discardBody(in, out, buffer);
                out.write(answer(request).getBytes(ISO_8859_1));
                out.flush();
            }
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    private static void discardBody(InputStream in, OutputStream out, byte[] buffer) throws IOException {
        long length = 0;
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                chunked = true;
            } else if (header.startsWith("expect:")) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
                out.flush();
            }
        }
        if (!chunked) {
            discard(in, length, buffer);
            return;
        }
        do {
            length = Long.parseLong(line(in), 16);
            discard(in, length, buffer);
            line(in);
        } while (length > 0);
    }

    private static void discard(InputStream in, long length, byte[] buffer) throws IOException {
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
        }
    }

    private static String answer(String request) {
        if (request.startsWith("HEAD ")) {
            return OK + "Content-Length: 1\r\nLast-Modified: Thu, 31 Jan 2030 10:00:00 GMT\r\n\r\n";
        }
        String body = "";
        if (request.startsWith("POST ")) {
            body = request.contains("uploads")
                    ? "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"
                    : "<CompleteMultipartUploadResult><ETag>\"0\"</ETag></CompleteMultipartUploadResult>";
        }
        return OK + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Without its end; "" at the end of the stream too. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) >= 0 && c != '\n') {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
