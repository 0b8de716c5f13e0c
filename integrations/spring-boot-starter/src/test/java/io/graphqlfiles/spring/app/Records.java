package io.graphqlfiles.spring.app;

import io.graphqlfiles.StoredFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** A database of records in memory; notes in each the user and language of the thread that it is made in. */
final class Records {

    private final Map<String, RecordData> records = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    RecordData add(RecordInput input, Locale locale) {
        RecordData added = toData(input, locale);
        records.put(added.id(), added);
        return added;
    }

    RecordData get(String id) {
        return records.get(id);
    }

    List<RecordData> all() {
        return List.copyOf(records.values());
    }

    RecordData withDocument(String id, StoredFile document) {
        return records.compute(
                id,
                (key, old) -> new RecordData(
                        old.id(),
                        old.title(),
                        old.image(),
                        document,
                        old.pictures(),
                        old.children(),
                        old.seenUser(),
                        old.seenLocale()));
    }

    private RecordData toData(RecordInput input, Locale locale) {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        return new RecordData(
                Integer.toString(ids.incrementAndGet()),
                input.title(),
                input.image(),
                input.document(),
                input.pictures() == null ? List.of() : input.pictures(),
                input.children() == null
                        ? List.of()
                        : input.children().stream()
                                .map(child -> toData(child, locale))
                                .toList(),
                user == null ? null : user.getName(),
                locale.toLanguageTag());
    }
}
