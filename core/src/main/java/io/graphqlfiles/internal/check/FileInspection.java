package io.graphqlfiles.internal.check;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.mime.AcceptPatterns;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.MalformedContentException;
import io.graphqlfiles.spi.media.MetadataStripper;
import io.graphqlfiles.spi.media.StoredContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into files with what can read them: finds facts, holds the field's rules against them, removes metadata. First
 * by the head, before anything is stored; what that does not tell is read from the store, of bytes that nobody else can
 * change any more.
 */
public final class FileInspection {

    private static final Logger LOG = LoggerFactory.getLogger(FileInspection.class);

    private final List<FileAnalyzer> analyzers;
    private final List<MetadataStripper> strippers;

    public FileInspection(List<FileAnalyzer> analyzers, List<MetadataStripper> strippers) {
        this.analyzers = List.copyOf(analyzers);
        this.strippers = List.copyOf(strippers);
    }

    public boolean analyzes() {
        return !analyzers.isEmpty();
    }

    public boolean strips() {
        return !strippers.isEmpty();
    }

    /**
     * What the head told.
     *
     * @param more reads the rest; null if it tells no more
     */
    public record Found(FileFacts facts, @Nullable FileAnalyzer more) {}

    /**
     * Looks at the head.
     *
     * @throws FileException if the field does not take a picture of this size, or metadata cannot be removed from it
     */
    public Found head(FileField field, String mimeType, byte[] head) {
        if (field.stripsMetadata() && stripper(mimeType) == null) {
            throw notStripped(field, mimeType);
        }
        FileAnalyzer analyzer = analyzer(mimeType);
        if (analyzer == null) {
            return new Found(FileFacts.none(), null);
        }
        FileAnalyzer.Analysis analysis;
        try {
            analysis = analyzer.analyzeHead(mimeType, head);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("The head of a file of type {} could not be analyzed", mimeType, e);
            return new Found(FileFacts.none(), null);
        }
        if (PictureChecks.apply(field, mimeType)) {
            PictureChecks.check(field, analysis.facts());
        }
        return new Found(analysis.facts(), analysis.isComplete() ? null : analyzer);
    }

    /**
     * Finds what the head did not tell, once the file is stored.
     *
     * @param store has the file
     * @return the file with its facts
     * @throws FileException if the field does not take it, or what must be known cannot be read; it is still stored
     *     then
     * @throws BlobStoreException if the store fails
     */
    public StoredFile complete(FileField field, StoredFile file, Found found, BlobStore store) {
        FileFacts facts = found.more() == null ? found.facts() : rest(file, found.facts(), found.more(), store);
        if (PictureChecks.apply(field, file.mimeType())) {
            if (facts.width() == null) {
                throw PictureChecks.unknownSize(field);
            }
            PictureChecks.check(field, facts);
        }
        return facts.isEmpty() ? file : file.withFacts(facts);
    }

    private static FileFacts rest(StoredFile file, FileFacts found, FileAnalyzer analyzer, BlobStore store) {
        try {
            return analyzer.analyze(new StoredContent(store, file.key(), file.mimeType(), file.byteSize()), found);
        } catch (BlobStoreException e) {
            throw e;
        } catch (IOException e) {
            LOG.error("A stored file could not be read to analyze it", e);
            throw new FileException(
                    FileErrorCode.FILE_CHECK_FAILED, "The file could not be checked; try again later.", e);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("A file of type {} could not be analyzed", file.mimeType(), e);
            return found;
        }
    }

    /**
     * The content as it must be stored: without metadata, if the field wants that.
     *
     * @param content not closed
     * @return throws {@link MalformedContentException} where metadata cannot be distinguished from the rest
     */
    public InputStream stripped(FileField field, String mimeType, InputStream content) {
        if (!field.stripsMetadata()) {
            return content;
        }
        MetadataStripper stripper = stripper(mimeType);
        if (stripper == null) {
            throw notStripped(field, mimeType);
        }
        return stripper.strip(mimeType, content);
    }

    /** For content from which metadata could not be removed. */
    public static FileException malformed(MalformedContentException cause) {
        LOG.debug("Metadata could not be removed", cause);
        return new FileException(
                FileErrorCode.FILE_INVALID, "The picture is damaged: its metadata cannot be removed.", cause);
    }

    private @Nullable FileAnalyzer analyzer(String mimeType) {
        for (FileAnalyzer analyzer : analyzers) {
            if (analyzer.analyzes(mimeType)) {
                return analyzer;
            }
        }
        return null;
    }

    private @Nullable MetadataStripper stripper(String mimeType) {
        for (MetadataStripper stripper : strippers) {
            if (stripper.mimeTypes().contains(mimeType)) {
                return stripper;
            }
        }
        return null;
    }

    /** What a field takes, as in HTML: of a field that removes metadata, that from which it can be removed. */
    public List<String> accepted(FileField field) {
        Set<String> stripped = field.stripsMetadata() ? stripped(field) : Set.of();
        return stripped.isEmpty() ? field.accept() : List.copyOf(stripped);
    }

    private Set<String> stripped(FileField field) {
        Set<String> types = new TreeSet<>();
        strippers.forEach(stripper -> types.addAll(stripper.mimeTypes()));
        Set<String> accepted = new TreeSet<>();
        for (String pattern : field.accept()) {
            AcceptPatterns ofIt = AcceptPatterns.parse(List.of(pattern));
            if (pattern.startsWith(".") && types.stream().anyMatch(type -> ofIt.matches(type, "file" + pattern))) {
                accepted.add(pattern);
            }
        }
        types.stream().filter(type -> field.accepts(type, null)).forEach(accepted::add);
        return accepted;
    }

    private FileException notStripped(FileField field, String mimeType) {
        Set<String> types = stripped(field);
        return new FileException(
                        FileErrorCode.FILE_TYPE_NOT_ACCEPTED,
                        field.coordinate() + " removes metadata, which is not possible for " + mimeType + "; it takes "
                                + String.join(", ", types) + ".")
                .with("mimeType", mimeType)
                .with("accept", List.copyOf(types));
    }
}
