package io.graphqlfiles.spring.app;

import io.graphqlfiles.StoredFile;
import java.util.List;

/** What the application keeps. */
public record RecordData(
        String id,
        String title,
        StoredFile image,
        StoredFile document,
        List<StoredFile> pictures,
        List<RecordData> children,
        String seenUser,
        String seenLocale) {}
