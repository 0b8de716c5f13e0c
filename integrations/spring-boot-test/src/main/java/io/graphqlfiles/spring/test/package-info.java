/**
 * For tests of an application with file fields: with this module on the test class path, files are kept in memory
 * ({@link io.graphqlfiles.spring.test.TestFileStore}), no secret is needed, and a
 * {@link io.graphqlfiles.spring.test.TestFile} is uploaded from wherever a test puts it into a request
 * ({@link io.graphqlfiles.spring.test.FileUploads}).
 *
 * <p>The promise of this package is to callers: code that compiles against one release compiles against the next.
 */
@NullMarked
package io.graphqlfiles.spring.test;

import org.jspecify.annotations.NullMarked;
