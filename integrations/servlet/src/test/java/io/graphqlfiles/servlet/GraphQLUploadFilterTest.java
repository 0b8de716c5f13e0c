package io.graphqlfiles.servlet;

import static io.graphqlfiles.servlet.Multipart.HEADERS;
import static io.graphqlfiles.servlet.Multipart.oneFile;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.FileLimits;
import io.graphqlfiles.servlet.HttpSocket.Response;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a servlet behind the filter sees, and that nothing is left however it ends. */
@Timeout(60)
class GraphQLUploadFilterTest {

    private static final byte[] UPLOAD =
            oneFile("describe").file("0", "a", "x".repeat(3_000_000)).bytes();

    @TempDir
    Path directory;

    private UploadServer server;
    private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

    private interface Handler {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private static final class Handling extends HttpServlet {

        private final transient Handler handler;

        Handling(Handler handler) {
            this.handler = handler;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            handler.handle(request, response);
        }
    }

    @BeforeEach
    void newServer() throws IOException {
        server = new UploadServer(directory, FileLimits.defaults());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        server.assertNothingLeft();
        server.close();
    }

    private Response upload(String path) throws IOException {
        try (HttpSocket socket = server.connect()) {
            return socket.post(path, HEADERS + "Accept: application/graphql-response+json\r\n", UPLOAD.length)
                    .send(UPLOAD)
                    .response();
        }
    }

    private void serve(Handler handler) throws Exception {
        server.servlet("/probe", new Handling(handler)).start();
    }

    @Test
    void headers_agreeWithTheBody() throws Exception {
        serve((request, response) -> {
            byte[] body = request.getInputStream().readAllBytes();
            assertThat(new String(body, UTF_8)).startsWith("{\"query\":").contains("\"upload:");
            assertThat(request.getContentType()).isEqualTo("application/json;charset=UTF-8");
            assertThat(request.getHeader("content-type")).isEqualTo("application/json;charset=UTF-8");
            assertThat(request.getCharacterEncoding()).isEqualTo("UTF-8");
            assertThat(request.getContentLength()).isEqualTo(body.length);
            assertThat(request.getContentLengthLong()).isEqualTo(body.length);
            assertThat(request.getIntHeader("Content-Length")).isEqualTo(body.length);
            assertThat(request.getIntHeader("Transfer-Encoding")).isEqualTo(-1);
            assertThat(Collections.list(request.getHeaders("Content-Length")))
                    .containsExactly(Integer.toString(body.length));
            assertThat(Collections.list(request.getHeaders("transfer-encoding")))
                    .isEmpty();
            assertThat(Collections.list(request.getHeaders("Accept")))
                    .containsExactly("application/graphql-response+json");
            assertThat(Collections.list(request.getHeaderNames()))
                    .containsExactlyInAnyOrder("Content-Type", "Content-Length", "Host", "GraphQL-Preflight", "Accept");
            assertThatThrownBy(request::getReader).isInstanceOf(IllegalStateException.class);
            response.setStatus(204);
        });
        assertThat(upload("/probe").status()).isEqualTo(204);
    }

    @Test
    void reader_utf8() throws Exception {
        serve((request, response) -> {
            request.setCharacterEncoding("ISO-8859-1");
            seen.add(request.getReader().readLine());
        });
        byte[] body = new Multipart()
                .field("operations", "{\"a\":\"\u65e5\u672c\"}")
                .field("map", "{}")
                .bytes();
        try (HttpSocket socket = server.connect()) {
            socket.post("/probe", HEADERS, body.length).send(body).response();
        }
        assertThat(seen).containsExactly("{\"a\":\"\u65e5\u672c\"}");
    }

    /** As CSRF filters do; the container would take it for a reason to parse the body. */
    @Test
    void parameters_ofTheQueryStringAlone() throws Exception {
        Filter asking = (request, response, chain) -> {
            seen.add(request.getParameter("_csrf"));
            seen.add(request.getParameter("a"));
            seen.add(List.of(request.getParameterValues("a")));
            seen.add(Collections.list(request.getParameterNames()));
            seen.add(((HttpServletRequest) request).getParts());
            chain.doFilter(request, response);
        };
        server.filter("asking", asking).start();
        Response response = upload("/graphql?a=1&b=%C3%A9+%zz&a=%C3%A9&&=x&c");
        assertThat(response.body()).contains("\"describe\":\"a text/plain 3000000");
        assertThat(seen).containsExactly(null, "1", List.of("1", "\u00e9"), List.of("a", "c"), List.of());
    }

    @Test
    void otherRequests_untouched() throws Exception {
        serve((request, response) -> {
            seen.add(request.getContentType());
            seen.add(request.getClass().getPackageName().startsWith("io.graphqlfiles"));
            seen.add(new String(request.getInputStream().readAllBytes(), UTF_8));
        });
        try (HttpSocket socket = server.connect()) {
            socket.post("/probe", "Content-Type: application/json\r\n", 2)
                    .send("{}")
                    .response();
            socket.post("/probe", "Content-Type: multipart/mixed; boundary=b\r\n", 2)
                    .send("xy")
                    .response();
            socket.send("PUT /probe HTTP/1.1\r\nHost: localhost\r\n" + HEADERS + "Content-Length: 1\r\n\r\nz")
                    .response();
        }
        assertThat(seen)
                .containsExactly(
                        "application/json",
                        false,
                        "{}",
                        "multipart/mixed; boundary=b",
                        false,
                        "xy",
                        "multipart/form-data; boundary=b",
                        false,
                        "z");
    }

    @Test
    void readListener_getsEverything() throws Exception {
        serve((request, response) -> {
            AsyncContext context = request.startAsync();
            ServletInputStream in = request.getInputStream();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            in.setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                    byte[] some = new byte[7];
                    while (in.isReady() && !in.isFinished()) {
                        body.write(some, 0, in.read(some));
                    }
                }

                @Override
                public void onAllDataRead() {
                    seen.add(body.toString(UTF_8));
                    context.complete();
                }

                @Override
                public void onError(Throwable failure) {
                    seen.add(failure);
                    context.complete();
                }
            });
        });
        upload("/probe");
        assertThat(seen)
                .singleElement()
                .asString()
                .startsWith("{\"query\":\"mutation(")
                .endsWith(":0\"}}");
    }

    @Test
    void exception_inTheServlet() throws Exception {
        serve((request, response) -> {
            throw new ServletException("deliberate");
        });
        assertThat(upload("/probe").status()).isEqualTo(500);
    }

    /** An answer of known length that is closed at once: the client still gets to send its file and read the answer. */
    @Test
    void answer_closedBeforeTheFileHasArrived() throws Exception {
        serve((request, response) -> {
            response.setContentLength(2);
            response.setHeader("Content-Length", "2");
            try (OutputStream out = response.getOutputStream()) {
                out.write("ok".getBytes(UTF_8));
            }
        });
        try (HttpSocket socket = server.connect()) {
            byte[] megabyte = new byte[1024 * 1024];
            socket.post("/probe", HEADERS, UPLOAD.length + 20L * megabyte.length)
                    .send(UPLOAD);
            for (int i = 0; i < 20; i++) {
                socket.send(megabyte);
            }
            assertThat(socket.response().body()).isEqualTo("ok");
        }
    }

    @Test
    void errorPage_doesNotParseTheBody() throws Exception {
        server.errorPage(401, "/error")
                .servlet("/error", new Handling((request, response) -> {
                    seen.add(request.getParameter("q"));
                    seen.add(request.getContentType());
                    seen.add(request.getParts());
                    response.getWriter().print("error page");
                }))
                .servlet("/probe", new Handling((request, response) -> response.sendError(401)))
                .start();
        assertThat(upload("/probe").body()).isEqualTo("error page");
        assertThat(seen).containsExactly(null, "application/json;charset=UTF-8", List.of());
    }

    @Test
    void async_dispatched() throws Exception {
        serve((request, response) -> {
            if (request.getAttribute("again") == null) {
                request.setAttribute("again", true);
                request.startAsync().dispatch();
            } else {
                seen.add(request.getContentType());
                seen.add(request.getParameter("x"));
                response.getWriter().print("done");
            }
        });
        assertThat(upload("/probe").body()).isEqualTo("done");
        assertThat(seen).containsExactly("application/json;charset=UTF-8", null);
    }

    @Test
    void async_neverCompleted() throws Exception {
        serve((request, response) -> request.startAsync().setTimeout(1));
        assertThat(upload("/probe").status()).isEqualTo(500);
    }

    @Test
    void async_completedByItsNativeContext() throws Exception {
        serve((request, response) -> {
            HttpServletRequest unwrapped = (HttpServletRequest) ((UploadRequest) request).getRequest();
            unwrapped.startAsync().complete();
        });
        assertThat(upload("/probe").status()).isEqualTo(200);
    }
}
