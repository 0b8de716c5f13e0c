package io.graphqlfiles.storage.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.MultipartContent;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.StorageObject;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.internal.buffer.Piece;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests that upload an object by the JSON API, which create only. They are requests of our own, over the
 * client's transport and with its credentials: the vendor's client takes content from one array, and keeps a buffer for
 * each upload.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api/v1/objects/insert">Objects: insert</a>
 * @see <a href="https://cloud.google.com/storage/docs/performing-resumable-uploads">Resumable uploads</a>
 */
final class UploadRequests {

    private static final int RESUME_INCOMPLETE = 308;
    /** How the service says that a session is no more: Client Closed Request, the first time. */
    private static final Set<Integer> CANCELLED = Set.of(499, 404, 410);

    private static final JsonFactory JSON = GsonFactory.getDefaultInstance();

    private final HttpRequestFactory requests;
    private final Retries retries;
    private final HttpRequestFactory followUps;
    private final Retries followUpRetries;
    private final String url;

    /**
     * @param url of new objects in the bucket: endpoint, {@code /upload/storage/v1/b/<bucket>/o}
     * @param options of the client
     * @param inAHurry the same with less time, for what follows a failure
     */
    static UploadRequests of(String url, HttpStorageOptions options, HttpStorageOptions inAHurry) {
        return new UploadRequests(
                url,
                Endpoints.requests(options),
                new Retries(options),
                Endpoints.requests(inAHurry),
                new Retries(inAHurry));
    }

    UploadRequests(
            String url,
            HttpRequestFactory requests,
            Retries retries,
            HttpRequestFactory followUps,
            Retries followUpRetries) {
        this.url = url;
        this.requests = requests;
        this.retries = retries;
        this.followUps = followUps;
        this.followUpRetries = followUpRetries;
    }

    /**
     * Creates an object with one request.
     *
     * @throws StorageException if it cannot be created, or it is not known whether it was
     */
    StorageObject insert(StorageObject object, boolean isPublic, Piece whole) {
        MultipartContent content = new MultipartContent()
                .setContentParts(List.of(
                        new JsonHttpContent(JSON, object), new PieceContent(object.getContentType(), whole, 0)));
        return retries.call(() -> {
            HttpRequest request = requests.buildPostRequest(url("multipart", isPublic), content);
            return object(execute(request));
        });
    }

    /**
     * Begins an upload whose bytes come in several requests.
     *
     * @throws StorageException if it cannot be begun
     */
    ResumableSession begin(StorageObject object, boolean isPublic) {
        String session = retries.call(() -> {
            HttpRequest request =
                    requests.buildPostRequest(url("resumable", isPublic), new JsonHttpContent(JSON, object));
            request.getHeaders().set("X-Upload-Content-Type", object.getContentType());
            HttpResponse answer = execute(request);
            answer.ignore();
            String location = answer.getHeaders().getLocation();
            if (location == null) {
                throw new IOException("expected a header Location in the answer, found none");
            }
            return location;
        });
        return new ResumableSession(this, retries, session);
    }

    /**
     * Sends bytes of a session, or asks what has been received.
     *
     * @param range as in {@code Content-Range}
     * @param content null to send nothing
     * @param hashes as in {@code x-goog-hash}; null for none
     */
    Progress put(String session, String range, @Nullable HttpContent content, @Nullable String hashes)
            throws IOException {
        HttpRequest request =
                requests.buildPutRequest(new GenericUrl(session, true), content == null ? new EmptyContent() : content);
        request.getHeaders().setContentRange(range);
        if (hashes != null) {
            request.getHeaders().set("x-goog-hash", hashes);
        }
        HttpResponse answer = execute(request);
        if (answer.getStatusCode() != RESUME_INCOMPLETE) {
            return new Progress(0, object(answer));
        }
        answer.ignore();
        return new Progress(received(answer.getHeaders().getRange()), null);
    }

    /**
     * Ends a session whose bytes nobody needs; passes over one that is gone.
     *
     * @throws StorageException if it may still be there
     */
    void cancel(String session) {
        followUpRetries.call(() -> {
            try {
                execute(followUps.buildDeleteRequest(new GenericUrl(session, true)))
                        .ignore();
            } catch (GoogleJsonResponseException e) {
                if (!CANCELLED.contains(e.getStatusCode())) {
                    throw e;
                }
            }
            return true;
        });
    }

    /**
     * How far an upload has come.
     *
     * @param received how many bytes are there, from the first one; of no meaning when it has ended
     * @param object what was made of them; null if the upload goes on
     */
    record Progress(long received, @Nullable StorageObject object) {}

    private GenericUrl url(String uploadType, boolean isPublic) {
        GenericUrl target = new GenericUrl(url);
        target.set("uploadType", uploadType);
        target.set("ifGenerationMatch", 0);
        if (isPublic) {
            target.set("predefinedAcl", "publicRead");
        }
        return target;
    }

    private static HttpResponse execute(HttpRequest request) throws IOException {
        HttpResponse answer = request.setParser(new JsonObjectParser(JSON))
                .setFollowRedirects(false)
                .setThrowExceptionOnExecuteError(false)
                .execute();
        if (answer.isSuccessStatusCode() || answer.getStatusCode() == RESUME_INCOMPLETE) {
            return answer;
        }
        throw withoutUrl(GoogleJsonResponseException.from(JSON, answer));
    }

    /** The URL of a session lets whoever has it go on with the upload: it does not belong into a log. */
    private static GoogleJsonResponseException withoutUrl(GoogleJsonResponseException refusal) {
        HttpResponseException.Builder answer = new HttpResponseException.Builder(
                        refusal.getStatusCode(), refusal.getStatusMessage(), refusal.getHeaders())
                .setMessage("status " + refusal.getStatusCode());
        return new GoogleJsonResponseException(answer, refusal.getDetails());
    }

    private static StorageObject object(HttpResponse answer) throws IOException {
        try {
            StorageObject object = answer.parseAs(StorageObject.class);
            if (object != null) {
                return object;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("expected an object in the answer, found no JSON", e);
        }
        throw new IOException("expected an object in the answer, found none");
    }

    /** {@code bytes=0-99} are 100 bytes; no header is none. */
    private static long received(@Nullable String range) throws IOException {
        try {
            return range == null ? 0 : Long.parseLong(range.substring(range.lastIndexOf('-') + 1)) + 1;
        } catch (NumberFormatException e) {
            throw new IOException("expected a range of bytes in the answer, found another", e);
        }
    }
}
