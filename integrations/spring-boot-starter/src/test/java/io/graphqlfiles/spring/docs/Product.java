package io.graphqlfiles.spring.docs;

import io.graphqlfiles.StoredFile;

record Product(String id, String name, StoredFile image) {}
