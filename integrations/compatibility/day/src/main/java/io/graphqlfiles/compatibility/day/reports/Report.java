package io.graphqlfiles.compatibility.day.reports;

import io.graphqlfiles.StoredFile;

record Report(String id, String title, StoredFile document) {}
