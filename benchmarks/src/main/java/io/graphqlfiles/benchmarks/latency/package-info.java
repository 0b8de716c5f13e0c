/** How often a mutation with files waits for a store that is far away; how: docs/performance.md. */
@NullMarked
package io.graphqlfiles.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
