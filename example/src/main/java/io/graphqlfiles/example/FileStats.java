package io.graphqlfiles.example;

/** What was seen of an upload. */
record FileStats(String filename, String mimetype, long filesize) {}
