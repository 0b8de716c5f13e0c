package io.graphqlfiles.spring.app;

import io.graphqlfiles.StoredFile;
import java.util.List;
import org.springframework.graphql.data.ArgumentValue;

record RecordPatch(ArgumentValue<StoredFile> document, ArgumentValue<List<StoredFile>> pictures) {}
