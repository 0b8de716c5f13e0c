package io.graphqlfiles.compatibility.day.shop;

import io.graphqlfiles.StoredFile;

record Product(String id, String name, StoredFile image) {}
