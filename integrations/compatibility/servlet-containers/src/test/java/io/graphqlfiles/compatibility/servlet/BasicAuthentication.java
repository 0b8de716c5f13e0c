package io.graphqlfiles.compatibility.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.graphqlfiles.testkit.GraphQLServerContract;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Base64;

/** Knows one user, and guests. Behind the upload filter, as an application's own filters are. */
@SuppressWarnings("serial") // never serialised
final class BasicAuthentication extends HttpFilter {

    private static final String CREDENTIALS = "Basic "
            + Base64.getEncoder()
                    .encodeToString(
                            (GraphQLServerContract.USER + ":" + GraphQLServerContract.PASSWORD).getBytes(UTF_8));

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String credentials = request.getHeader("Authorization");
        if (credentials == null) {
            chain.doFilter(request, response);
        } else if (credentials.equals(CREDENTIALS)) {
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public Principal getUserPrincipal() {
                            return () -> GraphQLServerContract.USER;
                        }
                    },
                    response);
        } else {
            response.sendError(401);
        }
    }
}
