package io.graphqlfiles.servlet;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.MultipartRequestException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;

/**
 * Lets any GraphQL server on servlets take files in <a
 * href="https://github.com/jaydenseric/graphql-multipart-request-spec">GraphQL multipart requests</a>. To everything
 * behind this filter such a request is an ordinary {@code application/json} POST; the files stay on the connection
 * until a data fetcher reads them, so they are neither parsed by the container nor kept in memory or on disk. Other
 * requests pass untouched.
 *
 * <p>Map it to the path of the GraphQL endpoint, for the dispatches {@code REQUEST}, {@code ASYNC} and {@code ERROR},
 * with support for asynchronous requests, and before every filter that may look at the body or at parameters:
 *
 * <pre>{@code
 * FilterRegistration.Dynamic uploads = servletContext.addFilter("graphql-uploads", new GraphQLUploadFilter(files));
 * uploads.setAsyncSupported(true);
 * uploads.addMappingForUrlPatterns(
 *         EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/graphql");
 * }</pre>
 *
 * <p>A request that breaks a rule is answered with 400 or 413 and a GraphQL error, and goes no further. When a request
 * has been answered, synchronously or not, what belongs to it is freed and what the client is still sending is read
 * within the limits of {@link GraphQLFiles#limits()}, so that it gets to read the answer. Data fetchers must have read
 * their files by then. How slowly a client may send is a setting of the container.
 *
 * <p>Thread-safe.
 */
public final class GraphQLUploadFilter implements Filter {

    private static final String EXCHANGE = GraphQLUploadFilter.class.getName() + ".exchange";

    private final GraphQLFiles files;

    /**
     * A filter for one GraphQL endpoint.
     *
     * @param files the instance whose scalar {@code Upload} the endpoint's schema has; stays open
     */
    public GraphQLUploadFilter(GraphQLFiles files) {
        this.files = requireNonNull(files, "files");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse httpResponse)) {
            chain.doFilter(request, response);
            return;
        }
        UploadExchange exchange = (UploadExchange) http.getAttribute(EXCHANGE);
        if (exchange != null) {
            dispatch(exchange, http, httpResponse, chain);
        } else if (!isUpload(http)) {
            chain.doFilter(request, response);
        } else if (http.getDispatcherType() == DispatcherType.ERROR) {
            // Refused before it came here: an error page that asks for a parameter must not have the container parse
            // the body.
            chain.doFilter(new JsonRequest(http, new JsonBody(new byte[0])), response);
        } else {
            answer(http, httpResponse, chain);
        }
    }

    private boolean isUpload(HttpServletRequest request) {
        return "POST".equals(request.getMethod()) && files.server().isMultipart(request.getContentType());
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServletInputStream body = request.getInputStream();
        UploadExchange exchange = new UploadExchange(
                files.server().openMultipartRequest(request.getContentType(), request::getHeader, body), body);
        try {
            exchange.readOperations();
        } catch (MultipartRequestException e) {
            // The rest of the body first: a container that has answered may not let anybody read it.
            exchange.fail();
            refuse(e, request, response);
            return;
        } catch (IOException | RuntimeException | Error e) {
            exchange.fail();
            throw e;
        }
        request.setAttribute(EXCHANGE, exchange);
        dispatch(exchange, request, response, chain);
    }

    private static void dispatch(
            UploadExchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(exchange.wrap(request), exchange.wrap(response));
        } catch (IOException | ServletException | RuntimeException | Error e) {
            exchange.fail();
            throw e;
        }
        exchange.dispatched(request);
    }

    private static void refuse(
            MultipartRequestException refusal, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = refusal.responseBody();
        response.setStatus(refusal.status());
        Enumeration<String> accept = request.getHeaders("Accept"); // null where a container does not permit it
        response.setContentType(MultipartRequestException.responseType(
                accept == null ? null : String.join(",", Collections.list(accept))));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
