package io.graphqlfiles.internal.ingest;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import io.graphqlfiles.internal.blob.NewBlob;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.internal.body.UploadAbortedException;
import io.graphqlfiles.internal.check.Authorization;
import io.graphqlfiles.internal.check.FileChecks;
import io.graphqlfiles.internal.check.RequestBudget;
import io.graphqlfiles.internal.copyurl.FetchSession;
import io.graphqlfiles.internal.copyurl.FetchSessions;
import io.graphqlfiles.internal.copyurl.FetchedUrl;
import io.graphqlfiles.internal.copyurl.UrlFetchException;
import io.graphqlfiles.internal.directupload.DirectUploads;
import io.graphqlfiles.internal.directupload.UploadTokens;
import io.graphqlfiles.internal.execution.FileListeners;
import io.graphqlfiles.internal.execution.FilesRefusedException;
import io.graphqlfiles.internal.execution.Refusal;
import io.graphqlfiles.internal.mime.FileNames;
import io.graphqlfiles.internal.schema.InputPlan;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores all files of one call of a data fetcher, or none. */
public final class FileIngest {

    private static final Logger LOG = LoggerFactory.getLogger(FileIngest.class);

    private final FilePipeline pipeline;
    private final CallFiles filesOfCall;
    private final DirectUploads directUploads;
    private final FetchSessions urls;
    private final FileChecks checks;
    private final FileLimits limits;
    private final @Nullable FileAuthorizer authorizer;
    private final FileListeners listeners;
    private final Tenancy tenancy;

    public FileIngest(
            FilePipeline pipeline,
            CallFiles filesOfCall,
            DirectUploads directUploads,
            FetchSessions urls,
            FileChecks checks,
            FileLimits limits,
            @Nullable FileAuthorizer authorizer,
            FileListeners listeners,
            Tenancy tenancy) {
        this.pipeline = pipeline;
        this.filesOfCall = filesOfCall;
        this.directUploads = directUploads;
        this.urls = urls;
        this.checks = checks;
        this.limits = limits;
        this.authorizer = authorizer;
        this.listeners = listeners;
        this.tenancy = tenancy;
    }

    /**
     * Finds the files in the arguments.
     *
     * @throws FilesRefusedException if there are more, or more changes of attached ones, than the request may have
     */
    FileInputs find(Map<String, InputPlan> plans, DataFetchingEnvironment environment) {
        FileInputs inputs = FileInputs.find(plans, environment.getArguments(), limits);
        if (inputs.editCount() > 0) {
            try {
                budget(environment).takeEdits(inputs.editCount());
            } catch (FileException e) {
                throw new FilesRefusedException(
                        List.of(new Refusal(e, inputs.attachments().get(0).path())));
            }
        }
        return inputs;
    }

    private RequestBudget budget(DataFetchingEnvironment environment) {
        return RequestBudget.of(environment.getGraphQlContext(), limits);
    }

    /**
     * Checks what can be checked before a byte is read, for all files.
     *
     * @throws FilesRefusedException if one or more were refused
     */
    Call accept(DataFetchingEnvironment environment, FileInputs inputs) {
        List<IncomingFile> declared = read(inputs);
        RequestBudget budget = budget(environment);
        take(budget, declared);
        String tenant = declared.isEmpty() ? null : tenancy.of(environment.getGraphQlContext());
        List<IncomingFile> files = declared.stream()
                .map(file -> file.withField(tenancy.field(file.field(), tenant)))
                .toList();
        authorize(environment, files);
        return new Call(environment, open(environment, files, tenant, budget), tenant, budget);
    }

    /**
     * Stores the files.
     *
     * @param outcome is notified of each file as soon as it is stored; the caller lets it fail when this call does
     * @return a stored file for each of {@link FileInputs#files()}, in the same order
     * @throws FilesRefusedException if one or more were refused
     */
    List<StoredFile> store(Call call, FieldOutcome outcome) {
        return filesOfCall.store(
                call.files(),
                call.tenant(),
                (file, blob) -> listeners.storing(
                        file.field(), file.source(), call.environment(), () -> store(call, file, blob)),
                outcome);
    }

    /**
     * The files of a call, and what they have in common.
     *
     * @param tenant null without tenants
     */
    record Call(
            DataFetchingEnvironment environment,
            List<IncomingFile> files,
            @Nullable String tenant,
            RequestBudget budget) {}

    /**
     * Opens the upload tokens: one that is not valid must not be found out after other files were stored. In the thread
     * of the call, where the subject is known.
     */
    private List<IncomingFile> open(
            DataFetchingEnvironment environment,
            List<IncomingFile> files,
            @Nullable String tenant,
            RequestBudget budget) {
        if (files.stream().noneMatch(file -> file.source() == FileSourceType.DIRECT_UPLOAD)) {
            return files;
        }
        String subject = authorizer == null ? "" : authorizer.subject(environment);
        List<IncomingFile> opened = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (IncomingFile file : files) {
            try {
                opened.add(file.source() == FileSourceType.DIRECT_UPLOAD ? open(file, subject, tenant, budget) : file);
            } catch (FileException e) {
                refusals.add(new Refusal(e, file.path()));
            }
        }
        if (!refusals.isEmpty()) {
            throw new FilesRefusedException(refusals);
        }
        return opened;
    }

    private IncomingFile open(IncomingFile file, String subject, @Nullable String tenant, RequestBudget budget) {
        if (authorizer == null) {
            throw UploadTokens.invalid("This server takes no direct uploads.");
        }
        UploadTokens.Claims claims =
                directUploads.openFor(file.field(), (String) file.value(), new DirectUploads.Caller(subject, tenant));
        budget.takeUse(claims.key());
        return file.withValue(claims);
    }

    private static List<IncomingFile> read(FileInputs inputs) {
        List<Refusal> refusals = new ArrayList<>(inputs.refusals());
        List<IncomingFile> files = new ArrayList<>();
        for (FileInputs.FileInput input : inputs.files()) {
            try {
                files.add(IncomingFile.of(input));
            } catch (FileException e) {
                refusals.add(new Refusal(e, input.path()));
            }
        }
        if (!refusals.isEmpty()) {
            throw new FilesRefusedException(refusals);
        }
        return files;
    }

    private void authorize(DataFetchingEnvironment environment, List<IncomingFile> files) {
        if (authorizer == null) {
            return;
        }
        List<Refusal> refusals = new ArrayList<>();
        for (IncomingFile file : files) {
            try {
                Authorization.require(
                        authorizer, FileAccess.toStore(environment, file.field(), file.fileName(), file.mimeType()));
            } catch (FileException e) {
                refusals.add(new Refusal(e, file.path()));
            }
        }
        if (!refusals.isEmpty()) {
            throw new FilesRefusedException(refusals);
        }
    }

    /**
     * Before the application is asked for any of them, which may cost it a query each; and before any is read: the last
     * of too many must not be found out after the others were stored.
     */
    private static void take(RequestBudget budget, List<IncomingFile> files) {
        for (IncomingFile file : files) {
            try {
                budget.takeFile(file.source());
            } catch (FileException e) {
                throw new FilesRefusedException(List.of(new Refusal(e, file.path())));
            }
        }
    }

    private StoredFile store(Call call, IncomingFile file, NewBlob blob) {
        try {
            return switch (file.source()) {
                case BASE64 -> storeBase64(file, call.budget(), blob);
                case FILE -> storeUpload(file, call.budget(), blob);
                case COPY_URL -> storeRemote(call, file, blob);
                case DIRECT_UPLOAD -> claim(file, blob);
            };
        } catch (BlobStoreException | AttachmentStoreException | IOException e) {
            throw CallFiles.unavailable(file, e);
        }
    }

    private StoredFile storeBase64(IncomingFile file, RequestBudget budget, NewBlob blob) throws IOException {
        Base64Content content = Base64Content.of((String) file.value());
        FileSource source = FileSource.of(content::open)
                .withByteSize(content.byteSize())
                .withFileName(file.fileName())
                .withMimeType(file.mimeType() != null ? file.mimeType() : content.mimeType());
        return pipeline.store(file.field(), source, FileSourceType.BASE64, budget, blob);
    }

    private StoredFile storeUpload(IncomingFile file, RequestBudget budget, NewBlob blob) throws IOException {
        if (!(file.value() instanceof Upload upload)) {
            throw new FileException(
                    FileErrorCode.FILE_UPLOAD_MISSING, "Expected a part of a multipart request for the variable.");
        }
        FileSource source = FileSource.of(upload::openStream)
                .withFileName(file.fileName() != null ? file.fileName() : upload.fileName())
                .withMimeType(file.mimeType() != null ? file.mimeType() : upload.contentType());
        try {
            return pipeline.store(file.field(), source, FileSourceType.FILE, budget, blob);
        } catch (IOException e) {
            LOG.debug("A part of a multipart request broke off", e);
            throw (e instanceof UploadAbortedException aborted ? aborted : new UploadAbortedException(e)).refusal();
        }
    }

    private StoredFile storeRemote(Call call, IncomingFile file, NewBlob blob) throws IOException {
        FileField field = file.field();
        long maxByteSize = checks.maxByteSize(field, FileSourceType.COPY_URL);
        FetchSession fetches =
                call.environment().getGraphQlContext().computeIfAbsent(FetchSession.class, key -> urls.newSession());
        try (FetchedUrl fetched = fetches.fetch(file.value().toString(), maxByteSize)) {
            FileSource source = FileSource.of(fetched::content)
                    .withMimeType(file.mimeType() != null ? file.mimeType() : fetched.contentType());
            return file.fileName() != null
                    ? pipeline.store(
                            field, source.withFileName(file.fileName()), FileSourceType.COPY_URL, call.budget(), blob)
                    : pipeline.storeWithGuessedName(
                            field, source.withFileName(nameOf(fetched)), FileSourceType.COPY_URL, call.budget(), blob);
        } catch (UrlFetchException e) {
            throw switch (e.reason()) {
                case FORBIDDEN -> notCopied(FileErrorCode.FILE_URL_FORBIDDEN, e);
                case UNREACHABLE -> notCopied(FileErrorCode.FILE_URL_UNREACHABLE, e);
                case TOO_LARGE -> checks.tooLarge(field, maxByteSize);
                case BUSY -> notCopied(FileErrorCode.FILE_SERVER_BUSY, e);
            };
        }
    }

    /** A name that is only guessed from an address must not be what the copy fails for. */
    private static @Nullable String nameOf(FetchedUrl fetched) {
        String name = fetched.fileName();
        return name == null ? null : FileNames.clean(name);
    }

    private static FileException notCopied(FileErrorCode code, UrlFetchException failure) {
        return new FileException(code, "The file could not be copied: " + failure.getMessage() + ".", failure);
    }

    private StoredFile claim(IncomingFile file, NewBlob blob) throws IOException {
        UploadTokens.Claims claims = (UploadTokens.Claims) file.value();
        try {
            return file.field().stripsMetadata() ? rewrite(claims, file, blob) : copy(claims, file, blob);
        } catch (FileException e) {
            boolean asAnnounced = file.fileName() == null && file.mimeType() == null;
            directUploads.refused(claims, e.code(), asAnnounced);
            throw e;
        }
    }

    private StoredFile copy(UploadTokens.Claims claims, IncomingFile file, NewBlob blob) throws IOException {
        DirectUploads.Claimed claimed =
                directUploads.claim(file.field(), claims, file.fileName(), file.mimeType(), blob);
        StoredFile inspected = pipeline.inspect(file.field(), claimed.file(), claimed.found(), blob);
        return pipeline.validate(file.field(), inspected, blob, () -> {});
    }

    /** Through this process, because what is stored is not what was uploaded. */
    private StoredFile rewrite(UploadTokens.Claims claims, IncomingFile file, NewBlob blob) throws IOException {
        FileSource source = directUploads.source(claims, file.fileName(), file.mimeType());
        return pipeline.store(file.field(), source, FileSourceType.DIRECT_UPLOAD, RequestBudget.unlimited(), blob);
    }
}
