package io.graphqlfiles.compatibility.spring;

/** A record of the application, which knows nothing of its files. */
public record Album(long id, String title) {}
