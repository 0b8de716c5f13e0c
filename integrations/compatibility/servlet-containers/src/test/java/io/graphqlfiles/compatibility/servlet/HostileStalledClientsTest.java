package io.graphqlfiles.compatibility.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xnio.Options;

/**
 * A read that waits for a client cannot be ended from outside in a servlet container: its own time limit must do that.
 * These are the settings that the guide to security names.
 */
class HostileStalledClientsTest {

    private static final int LIMIT_IN_MILLIS = 1000;
    /** Without a limit they would wait longer than this. */
    private static final int PATIENCE_IN_MILLIS = 60_000;

    private static final String BODY = "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n"
            + "{\"query\":\"mutation($file: Upload!) { measure(file: $file) { byteSize } }\","
            + "\"variables\":{\"file\":null}}"
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{\"0\":[\"variables.file\"]}"
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a.txt\"\r\n\r\nhello\r\n--b--\r\n";

    private interface Stop {

        void stop() throws Exception;
    }

    private record Running(int port, Stop stop) {}

    enum Container {
        /** {@code connectionTimeout}; with Spring Boot {@code server.tomcat.connection-timeout}. */
        TOMCAT {
            @Override
            Running start(PlainApplication application, Directories directories) throws Exception {
                Tomcat tomcat = new Tomcat();
                tomcat.setBaseDir(directories.temporaryFiles().toString());
                tomcat.setPort(0);
                tomcat.getConnector().setProperty("connectionTimeout", Integer.toString(LIMIT_IN_MILLIS));
                tomcat.addContext("", directories.temporaryFiles().toString())
                        .addServletContainerInitializer(initializer(application), Set.of());
                tomcat.start();
                return new Running(tomcat.getConnector().getLocalPort(), () -> {
                    tomcat.stop();
                    tomcat.destroy();
                });
            }
        },
        /** {@code idleTimeout}; with Spring Boot {@code server.jetty.connection-idle-timeout}. */
        JETTY {
            @Override
            Running start(PlainApplication application, Directories directories) throws Exception {
                Server jetty = new Server();
                ServerConnector connector = new ServerConnector(jetty);
                connector.setIdleTimeout(LIMIT_IN_MILLIS);
                jetty.addConnector(connector);
                ServletContextHandler context = new ServletContextHandler("/");
                context.setTempDirectory(directories.temporaryFiles().toFile());
                context.addServletContainerInitializer(initializer(application));
                jetty.setHandler(context);
                jetty.start();
                return new Running(connector.getLocalPort(), jetty::stop);
            }
        },
        /** {@code READ_TIMEOUT}; with Spring Boot {@code server.undertow.options.socket.READ_TIMEOUT}. */
        UNDERTOW {
            @Override
            Running start(PlainApplication application, Directories directories) throws Exception {
                DeploymentInfo deployment = Servlets.deployment()
                        .setClassLoader(HostileStalledClientsTest.class.getClassLoader())
                        .setContextPath("/")
                        .setDeploymentName("documents")
                        .setTempDir(directories.temporaryFiles())
                        .addServletContainerInitializer(new ServletContainerInitializerInfo(
                                ServletContainerInitializer.class,
                                () -> new ImmediateInstanceHandle<>(initializer(application)),
                                Set.of()));
                DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
                manager.deploy();
                Undertow undertow = Undertow.builder()
                        .addHttpListener(0, "localhost")
                        .setHandler(manager.start())
                        .setSocketOption(Options.READ_TIMEOUT, LIMIT_IN_MILLIS)
                        .build();
                undertow.start();
                InetSocketAddress address =
                        (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
                return new Running(address.getPort(), undertow::stop);
            }
        };

        abstract Running start(PlainApplication application, Directories directories) throws Exception;

        private static ServletContainerInitializer initializer(PlainApplication application) {
            return (classes, context) ->
                    PlainServlets.register(application, PlainServlets.graphQl(application, true), context);
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientsThatStop_areLeftByTheContainer(Container container) throws Exception {
        Directories directories = Directories.create();
        PlainApplication application = new PlainApplication(directories, true);
        Running server = container.start(application, directories);
        try {
            List<Socket> clients = new ArrayList<>();
            for (String place : List.of("mutation(", "name=\"map\"", "hello")) {
                clients.add(send(server.port(), BODY.substring(0, BODY.indexOf(place) + 3)));
            }

            for (Socket client : clients) {
                assertThat(answer(client)).doesNotContain("\"byteSize\"");
            }
            assertThat(answer(send(server.port(), BODY))).contains("\"byteSize\":5");
            try (Stream<?> files =
                    Files.find(directories.temporaryFiles(), 9, (path, attributes) -> attributes.isRegularFile())) {
                assertThat(files).isEmpty();
            }
        } finally {
            server.stop().stop();
            application.files().close();
        }
    }

    private static Socket send(int port, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_IN_MILLIS);
        String head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nGraphQL-Preflight: 1\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " + BODY.length() + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(UTF_8));
        return socket;
    }

    /** What comes until the server closes the connection. */
    private static String answer(Socket client) throws IOException {
        StringBuilder answer = new StringBuilder();
        try (client) {
            InputStream in = client.getInputStream();
            byte[] buffer = new byte[1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                answer.append(new String(buffer, 0, n, UTF_8));
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The server still waits for its client", e);
        } catch (IOException e) {
            // Reset by the server: it does not wait either.
        }
        return answer.toString();
    }
}
