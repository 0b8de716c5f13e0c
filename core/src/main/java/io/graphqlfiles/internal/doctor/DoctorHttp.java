package io.graphqlfiles.internal.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Sends requests as a client of the application would. Follows no redirects: browsers' preflights do not either. */
final class DoctorHttp implements AutoCloseable {

    private static final Timeout TIMEOUT = Timeout.ofSeconds(30);
    private static final int LONGEST_BODY = 64 * 1024;
    /** In the XML with which S3 and Google Cloud Storage refuse; the rest of it may repeat what was signed. */
    private static final Pattern ERROR_CODE = Pattern.compile("<Code>([A-Za-z]{1,60})</Code>");

    private final CloseableHttpClient client = HttpClients.custom()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setDefaultConnectionConfig(ConnectionConfig.custom()
                            .setConnectTimeout(TIMEOUT)
                            .setSocketTimeout(TIMEOUT)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                    RequestConfig.custom().setResponseTimeout(TIMEOUT).build())
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .useSystemProperties()
            .build();

    /**
     * What the server said.
     *
     * @param headers by lower-case name
     * @param body its first 64 KiB, one character a byte
     */
    record Answer(int status, Map<String, String> headers, String body) {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Empty if there is no such header. */
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** Status, and the service's code for the error; nothing else of what it said. */
        String describe() {
            Matcher code = ERROR_CODE.matcher(body);
            return "status " + status + (code.find() ? " " + code.group(1) : "");
        }

        @Override
        public String toString() {
            return "Answer[" + describe() + "]";
        }
    }

    /** There was no answer. Names the server, and never the rest of the URL. */
    static final class UnreachableException extends IOException {

        private static final long serialVersionUID = 1;

        UnreachableException(URI url, IOException cause) {
            super(url.getScheme() + "://" + url.getRawAuthority() + " gave no answer: "
                    + cause.getClass().getSimpleName());
        }
    }

    /** @throws UnreachableException if there is no answer */
    Answer send(String method, URI url, Map<String, String> headers, @Nullable String body)
            throws UnreachableException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, url);
        headers.forEach(request::setHeader);
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body.getBytes(ISO_8859_1), null));
        }
        try {
            return client.execute(request, DoctorHttp::read);
        } catch (IOException e) {
            throw new UnreachableException(url, e);
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }

    private static Answer read(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.merge(
                    header.getName().toLowerCase(Locale.ROOT),
                    String.valueOf(header.getValue()),
                    (first, next) -> first + ", " + next);
        }
        HttpEntity entity = response.getEntity();
        String body = entity == null ? "" : new String(entity.getContent().readNBytes(LONGEST_BODY), ISO_8859_1);
        return new Answer(response.getCode(), headers, body);
    }
}
