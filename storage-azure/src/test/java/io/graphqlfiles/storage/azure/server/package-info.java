/** The server of the tests. */
package io.graphqlfiles.storage.azure.server;
