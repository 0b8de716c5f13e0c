/** An S3 server for tests, benchmarks and the example: s3proxy, which verifies signatures. */
package io.graphqlfiles.storage.s3.server;
