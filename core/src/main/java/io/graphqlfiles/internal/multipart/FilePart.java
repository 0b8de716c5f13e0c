package io.graphqlfiles.internal.multipart;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.internal.body.Spool;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A part that the map names, and how far it has come. Guarded by the lock of its {@link MultipartBody}. */
final class FilePart {

    enum State {
        /** Not seen yet. */
        AWAITED,
        /** Its header has been read; its bytes, or the rest of them, are on the wire. */
        ARRIVING,
        /** Its bytes, or those that nobody had read, are in the spool. */
        SPOOLED,
        /** All its bytes have been read from the wire by its only reader. */
        READ
    }

    private final String name;
    private final int order;
    private final int places;

    State state = State.AWAITED;

    @Nullable
    PartHeader header;

    Spool.@Nullable Segment segment;
    long received;
    /** Its only reader has been closed: the rest need not be kept. */
    boolean abandoned;

    private @Nullable Supplier<FileException> failure;

    /**
     * @param name as the map gives it
     * @param order of the parts that the map names, from 0
     * @param places 1 or more
     */
    FilePart(String name, int order, int places) {
        this.name = name;
        this.order = order;
        this.places = places;
    }

    String name() {
        return name;
    }

    int order() {
        return order;
    }

    boolean isForSeveralPlaces() {
        return places > 1;
    }

    boolean isWanted() {
        return failure == null && !abandoned;
    }

    void fail(FileErrorCode code, String message) {
        fail(() -> new FileException(code, message));
    }

    void fail(Supplier<FileException> refusal) {
        failure = refusal;
    }

    /** @throws FileException as {@link #fail} said */
    void check() {
        if (failure != null) {
            throw failure.get();
        }
    }
}
