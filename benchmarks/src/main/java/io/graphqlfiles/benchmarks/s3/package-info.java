/** Streams of unknown length to S3, by the store and by what Amazon's users upload with; how: docs/performance.md. */
@NullMarked
package io.graphqlfiles.benchmarks.s3;

import org.jspecify.annotations.NullMarked;
