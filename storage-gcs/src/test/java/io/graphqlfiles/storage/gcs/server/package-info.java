/**
 * A small Cloud Storage server for tests: the part of its JSON and XML APIs that the store and the vendor's client use,
 * with signatures, preconditions and refusals as documented. Its objects are files in a directory.
 */
package io.graphqlfiles.storage.gcs.server;
