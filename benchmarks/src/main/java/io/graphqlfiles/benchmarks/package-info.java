/** What runs on every request, measured with JMH. {@code docs/performance.md} has the commands and the figures. */
@NullMarked
package io.graphqlfiles.benchmarks;

import org.jspecify.annotations.NullMarked;
