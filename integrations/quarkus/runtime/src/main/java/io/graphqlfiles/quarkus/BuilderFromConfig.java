package io.graphqlfiles.quarkus;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.CopyUrlOptions;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.engine.GraphQLFiles;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import java.util.List;
import java.util.Set;

/** Everything about {@link GraphQLFiles} that is set by properties. */
final class BuilderFromConfig {

    private static final String SECRET = "quarkus.graphql-files.secret";

    private BuilderFromConfig() {}

    /** @throws ConfigurationException if there is no secret */
    static GraphQLFiles.Builder of(FilesConfig config) {
        List<String> secrets = config.secret().orElse(List.of()).stream()
                .filter(secret -> !secret.isBlank())
                .toList();
        if (secrets.isEmpty()) {
            throw new ConfigurationException(
                    SECRET + ": expected at least 32 random characters that all instances of this application share and"
                            + " nobody else knows, for example the output of \"openssl rand -base64 32\", found none",
                    Set.of(SECRET));
        }
        GraphQLFiles.Builder builder = GraphQLFiles.newGraphQLFiles()
                .secret(secrets.get(0), secrets.stream().skip(1).toArray(String[]::new))
                .basePath(config.basePath())
                .baseUrl(config.baseUrl().orElse(null))
                .allowedOrigins(config.cors().allowedOrigins())
                .urlValidity(config.url().validity())
                .urlWindow(config.url().window())
                .uploadValidity(config.upload().validity())
                .tus(config.upload().tus())
                .limits(limits(config.limits()))
                .copyUrl(copyUrl(config.copyUrl()))
                .preflightRequired(config.multipart().preflightRequired())
                // Every field is one of a class of the application, which has it unless it says otherwise.
                .attachByDefault(false)
                .attachmentRetention(config.attachments().retention());
        config.multipart().temporaryDirectory().ifPresent(builder::temporaryDirectory);
        return builder;
    }

    private static FileLimits limits(FilesConfig.Limits limits) {
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
        limits.bytesPerRequest().ifPresent(bytes -> builder.bytesPerRequest(size(bytes)));
        return builder.build();
    }

    private static CopyUrlOptions copyUrl(FilesConfig.CopyUrl copyUrl) {
        return CopyUrlOptions.newCopyUrlOptions()
                .allowedNetworks(copyUrl.allowedNetworks().orElse(List.of()))
                .connectTimeout(copyUrl.connectTimeout())
                .totalTimeout(copyUrl.totalTimeout())
                .maxRedirects(copyUrl.maxRedirects())
                .maxConcurrentRequests(copyUrl.maxConcurrentRequests())
                .build();
    }

    private static ByteSize size(MemorySize size) {
        return ByteSize.bytes(size.asLongValue());
    }
}
