package io.graphqlfiles.spring.test;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.mock.web.MockMultipartHttpServletRequest;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.util.WebUtils;

/**
 * Gives a multipart request of MockMvc the body that it would have over a connection. MockMvc has the parts alone,
 * taken to pieces already, also where a client that is bound to it has written a body; what reads uploads from the body
 * would find none. Thread-safe.
 */
final class MockMultipartFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        MockMultipartHttpServletRequest mock =
                WebUtils.getNativeRequest(request, MockMultipartHttpServletRequest.class);
        if (mock != null && mock.getContentAsByteArray() == null) {
            writeBody(mock);
        }
        chain.doFilter(request, response);
    }

    private static void writeBody(MockMultipartHttpServletRequest mock) throws IOException {
        String operations = mock.getParameter("operations");
        String map = mock.getParameter("map");
        if (operations == null || map == null) {
            return; // no GraphQL multipart request
        }
        MultipartRequest multipart = MultipartRequest.of(operations, map);
        for (List<MultipartFile> files : mock.getMultiFileMap().values()) {
            for (MultipartFile file : files) {
                String fileName = file.getOriginalFilename();
                multipart.file(
                        file.getName(), fileName == null ? "" : fileName, file.getContentType(), file.getBytes());
            }
        }
        mock.setCharacterEncoding(null);
        mock.setContentType(multipart.contentType());
        mock.setContent(multipart.body());
    }
}
