package io.graphqlfiles.engine;

import io.graphqlfiles.internal.body.Drain;
import io.graphqlfiles.internal.multipart.MultipartType;
import io.graphqlfiles.internal.multipart.StreamedMultipartRequest;
import io.graphqlfiles.server.FileEndpoint;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.server.ServerSupport;
import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts that adapters of servers use. */
record AssembledServer(StreamedMultipartRequest.Settings multipart, FileEndpoint fileEndpoint, String basePath)
        implements ServerSupport {

    @Override
    public boolean isMultipart(@Nullable String contentType) {
        return MultipartType.isFormData(contentType);
    }

    @Override
    public GraphQLMultipartRequest openMultipartRequest(
            @Nullable String contentType, Function<String, @Nullable String> headers, InputStream body) {
        return new StreamedMultipartRequest(contentType, headers, body, multipart);
    }

    @Override
    public int liveUploads() {
        return multipart.uploads().count();
    }

    @Override
    public void drain(InputStream body) {
        Drain.drain(body, multipart.limits(), multipart.nanoClock());
    }
}
