package io.graphqlfiles.storage.s3;

import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Which HTTP client an S3 client sends its requests with. No method says so; the {@code User-Agent} of a request does,
 * so one is made, looked at, and not sent.
 */
final class HttpClientName {

    private static final Pattern NAME = Pattern.compile("http[#/]([A-Za-z0-9]+)");

    private HttpClientName() {}

    /** As the SDK calls it, for example {@code UrlConnection} or {@code Apache5}; null if it cannot be found out. */
    static @Nullable String of(S3Client client) {
        AtomicReference<@Nullable String> name = new AtomicReference<>();
        ExecutionInterceptor look = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                context.httpRequest()
                        .firstMatchingHeader("User-Agent")
                        .map(NAME::matcher)
                        .filter(Matcher::find)
                        .ifPresent(found -> name.set(found.group(1)));
                throw SdkException.create("seen", null);
            }
        };
        try {
            client.listBuckets(request -> request.overrideConfiguration(settings -> UnsentRequest.withoutTimeLimits(
                            settings)
                    .addPlugin(plugged -> plugged.overrideConfiguration(with(plugged.overrideConfiguration(), look)))));
        } catch (SdkException | UnsupportedOperationException e) {
            // It was seen, or this is a client of the application's own making, which has no plugins.
        }
        return name.get();
    }

    private static ClientOverrideConfiguration with(ClientOverrideConfiguration settings, ExecutionInterceptor look) {
        return settings.toBuilder().addExecutionInterceptor(look).build();
    }
}
