/**
 * Whole servers that take uploads, side by side: {@link io.graphqlfiles.benchmarks.load.UploadLoad}. Every contender
 * saves the file to the same disk and answers with its size, on the same Tomcat, in a process of its own.
 */
@NullMarked
package io.graphqlfiles.benchmarks.load;

import org.jspecify.annotations.NullMarked;
