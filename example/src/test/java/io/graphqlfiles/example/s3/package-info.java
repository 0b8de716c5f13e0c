/** The example as a process of its own on an S3 server: large files, lost clients, a kill. */
package io.graphqlfiles.example.s3;
