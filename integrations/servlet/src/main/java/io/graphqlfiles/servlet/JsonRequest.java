package io.graphqlfiles.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A multipart request in the guise of a JSON request. Whatever could make the container read or parse the body is
 * answered here, and all headers about the body agree with what is read.
 */
class JsonRequest extends HttpServletRequestWrapper {

    static final String CONTENT_TYPE = "application/json;charset=UTF-8";

    private final JsonBody body;
    private @Nullable Map<String, String[]> parameters;

    JsonRequest(HttpServletRequest request, JsonBody body) {
        super(request);
        this.body = body;
    }

    @Override
    public String getContentType() {
        return CONTENT_TYPE;
    }

    @Override
    public int getContentLength() {
        return body.length();
    }

    @Override
    public long getContentLengthLong() {
        return body.length();
    }

    @Override
    public String getCharacterEncoding() {
        return UTF_8.name();
    }

    /** The bytes are UTF-8 whatever anybody wishes; the container need not hear of it. */
    @Override
    public void setCharacterEncoding(String encoding) throws UnsupportedEncodingException {
        try {
            Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UnsupportedEncodingException(encoding);
        }
    }

    @Override
    public ServletInputStream getInputStream() {
        return body.stream((HttpServletRequest) getRequest());
    }

    @Override
    public BufferedReader getReader() {
        return body.reader();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "content-type" -> CONTENT_TYPE;
            case "content-length" -> Integer.toString(body.length());
            case "transfer-encoding" -> null;
            default -> super.getHeader(name);
        };
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (!isAboutBody(name)) {
            return super.getHeaders(name);
        }
        String value = getHeader(name);
        return Collections.enumeration(value == null ? List.of() : List.of(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>(List.of("Content-Type", "Content-Length"));
        Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !isAboutBody(name))
                .forEach(names::add);
        return Collections.enumeration(names);
    }

    @Override
    public int getIntHeader(String name) {
        if (!isAboutBody(name)) {
            return super.getIntHeader(name);
        }
        String value = getHeader(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    private static boolean isAboutBody(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "content-type", "content-length", "transfer-encoding" -> true;
            default -> false;
        };
    }

    @Override
    public Collection<Part> getParts() {
        return List.of();
    }

    @Override
    public @Nullable Part getPart(String name) {
        return null;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (parameters == null) {
            parameters = Collections.unmodifiableMap(QueryParameters.parse(getQueryString()));
        }
        return parameters;
    }
}
