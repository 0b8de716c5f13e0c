package io.graphqlfiles.spring;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.CopyUrlOptions;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.engine.GraphQLFiles;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/** Everything about {@link GraphQLFiles} that is set by properties. */
final class BuilderFromProperties {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}:]+)\\}");

    private static final int LEAST_SECRET = 32;

    private BuilderFromProperties() {}

    /** @throws MissingSettingException if a setting is missing or cannot be used */
    static GraphQLFiles.Builder of(GraphQLFilesProperties properties) {
        try {
            return builder(properties);
        } catch (IllegalArgumentException e) {
            throw new MissingSettingException(
                    "A setting under graphql.files cannot be used: " + e.getMessage() + ".", "Correct it.");
        }
    }

    private static GraphQLFiles.Builder builder(GraphQLFilesProperties properties) {
        List<String> secrets =
                properties.secret().stream().filter(secret -> !secret.isBlank()).toList();
        if (secrets.isEmpty()) {
            throw new MissingSettingException(
                    "File fields need a secret that signs URLs and upload tokens, and none is configured.",
                    "Set graphql.files.secret to at least 32 random characters that all instances of this application share and"
                            + " nobody else knows, for example the output of: openssl rand -base64 32");
        }
        secrets.forEach(BuilderFromProperties::requireResolved);
        secrets.forEach(BuilderFromProperties::requireLong);
        GraphQLFiles.Builder builder = GraphQLFiles.newGraphQLFiles()
                .secret(secrets.get(0), secrets.stream().skip(1).toArray(String[]::new))
                .basePath(properties.basePath())
                .baseUrl(properties.baseUrl())
                .allowedOrigins(properties.cors().allowedOrigins())
                .urlValidity(properties.url().validity())
                .urlWindow(properties.url().window())
                .uploadValidity(properties.upload().validity())
                .tus(properties.upload().tus())
                .limits(limits(properties.limits()))
                .copyUrl(copyUrl(properties.copyUrl()))
                .preflightRequired(properties.multipart().preflightRequired())
                .attachByDefault(properties.attachments().byDefault())
                .attachmentRetention(properties.attachments().retention());
        if (properties.multipart().temporaryDirectory() != null) {
            builder.temporaryDirectory(properties.multipart().temporaryDirectory());
        }
        return builder;
    }

    /** Spring Boot leaves a placeholder as it is if nothing has its value: everybody knows that text. */
    private static void requireResolved(String secret) {
        Matcher placeholder = PLACEHOLDER.matcher(secret);
        if (placeholder.find()) {
            String name = placeholder.group(1);
            throw new MissingSettingException(
                    "graphql.files.secret is " + placeholder.group() + ", and nothing has a value for " + name + ".",
                    "Set the environment variable or property " + name + " to at least 32 random characters that all"
                            + " instances of this application share and nobody else knows, for example the output of:"
                            + " openssl rand -base64 32");
        }
    }

    private static void requireLong(String secret) {
        int length = secret.strip().length();
        if (length < LEAST_SECRET) {
            throw new MissingSettingException(
                    "graphql.files.secret has " + length + " characters, and " + LEAST_SECRET + " are the least.",
                    "Set it to random characters that all instances of this application share and nobody else knows,"
                            + " for example the output of: openssl rand -base64 32");
        }
    }

    private static FileLimits limits(GraphQLFilesProperties.Limits limits) {
        FileLimits.Builder builder = FileLimits.newFileLimits()
                .base64(size(limits.base64()))
                .file(size(limits.file()))
                .copyUrl(size(limits.copyUrl()))
                .directUpload(size(limits.directUpload()))
                .filesPerRequest(limits.filesPerRequest())
                .directUploadsPerRequest(limits.directUploadsPerRequest())
                .callsPerRequest(limits.callsPerRequest())
                .editsPerRequest(limits.editsPerRequest())
                .operationsText(size(limits.operations()))
                .mapText(size(limits.map()))
                .operationsTime(limits.operationsTime())
                .bytesPerSecond(size(limits.bytesPerSecond()))
                .spooledBytes(size(limits.spooled()))
                .spooledBytesTogether(size(limits.spooledTogether()))
                .drainedBytes(size(limits.drained()))
                .drainTime(limits.drainTime());
        if (limits.bytesPerRequest() != null) {
            builder.bytesPerRequest(size(limits.bytesPerRequest()));
        }
        return builder.build();
    }

    private static CopyUrlOptions copyUrl(GraphQLFilesProperties.CopyUrl copyUrl) {
        return CopyUrlOptions.newCopyUrlOptions()
                .allowedNetworks(copyUrl.allowedNetworks())
                .connectTimeout(copyUrl.connectTimeout())
                .totalTimeout(copyUrl.totalTimeout())
                .maxRedirects(copyUrl.maxRedirects())
                .maxConcurrentRequests(copyUrl.maxConcurrentRequests())
                .build();
    }

    private static ByteSize size(DataSize size) {
        return ByteSize.bytes(size.toBytes());
    }
}
