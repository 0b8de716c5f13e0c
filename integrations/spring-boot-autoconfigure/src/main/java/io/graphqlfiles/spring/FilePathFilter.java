package io.graphqlfiles.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers requests that the container takes for ones to the file endpoint although they do not spell its path:
 * {@code //files/a}, {@code /files;b/a}. No file is there, and Spring's own filters fail when they parse such a path.
 */
final class FilePathFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final String basePath;

    FilePathFilter(String basePath) {
        this.basePath = basePath;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getContextPath() + basePath;
        String asSent = request.getRequestURI();
        if (asSent.equals(path) || asSent.startsWith(path + "/")) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
