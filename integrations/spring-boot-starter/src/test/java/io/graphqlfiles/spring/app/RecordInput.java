package io.graphqlfiles.spring.app;

import io.graphqlfiles.StoredFile;
import java.util.List;

record RecordInput(
        String title, StoredFile image, StoredFile document, List<StoredFile> pictures, List<RecordInput> children) {}
