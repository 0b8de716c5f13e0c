package io.graphqlfiles.pictures;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Breaks off a decoder whose time is over; asked every few rows. */
final class Abort implements IIOReadProgressListener {

    private final Decoders.Deadline deadline;
    private boolean aborted;

    Abort(Decoders.Deadline deadline) {
        this.deadline = deadline;
    }

    boolean isAborted() {
        return aborted;
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        if (deadline.isOver()) {
            aborted = true;
            source.abort();
        }
    }

    @Override
    public void readAborted(ImageReader source) {
        aborted = true;
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}
}
