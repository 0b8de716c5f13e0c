package io.graphqlfiles.compatibility.day.reports;

import io.graphqlfiles.StoredFile;

record Photo(String title, StoredFile image, StoredFile thumbnail) {}
