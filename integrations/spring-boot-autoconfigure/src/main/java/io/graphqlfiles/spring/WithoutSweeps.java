package io.graphqlfiles.spring;

/** A command during which this process does not sweep now and then. */
interface WithoutSweeps {}
