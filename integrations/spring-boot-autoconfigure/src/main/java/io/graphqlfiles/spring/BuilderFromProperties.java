package io.graphqlfiles.spring;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.CopyUrlOptions;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.engine.GraphQLFiles;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** Everything about {@link GraphQLFiles} that is set by properties. */
final class BuilderFromProperties {

    private BuilderFromProperties() {}

    /** @throws MissingSettingException if there is no secret */
    static GraphQLFiles.Builder of(GraphQLFilesProperties properties) {
        List<String> secrets =
                properties.secret().stream().filter(secret -> !secret.isBlank()).toList();
        if (secrets.isEmpty()) {
            throw new MissingSettingException(
                    "File fields need a secret that signs URLs and upload tokens, and none is configured.",
                    "Set graphql.files.secret to at least 32 random characters that all instances of this application share and"
                            + " nobody else knows, for example the output of: openssl rand -base64 32");
        }
        GraphQLFiles.Builder builder = GraphQLFiles.newGraphQLFiles()
                .secret(secrets.get(0), secrets.stream().skip(1).toArray(String[]::new))
                .basePath(properties.basePath())
                .baseUrl(properties.baseUrl())
                .allowedOrigins(properties.cors().allowedOrigins())
                .urlValidity(properties.url().validity())
                .urlWindow(properties.url().window())
                .uploadValidity(properties.upload().validity())
                .limits(limits(properties.limits()))
                .copyUrl(copyUrl(properties.copyUrl()))
                .preflightRequired(properties.multipart().preflightRequired())
                .attachByDefault(properties.attachments().byDefault());
        if (properties.multipart().temporaryDirectory() != null) {
            builder.temporaryDirectory(properties.multipart().temporaryDirectory());
        }
        return builder;
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
