/**
 * For tests: a store in memory, a store that fails on demand, a clock that is moved by hand, and the contract that
 * every {@link io.graphqlfiles.spi.BlobStore} must pass. Whoever writes a store starts at
 * {@link io.graphqlfiles.testkit.BlobStoreContract}.
 *
 * <p>The promise of this package is to callers. The contract grows with the promises of the store SPI: a store may fail
 * a newer contract because it broke a promise that nobody had tested.
 */
@NullMarked
package io.graphqlfiles.testkit;

import org.jspecify.annotations.NullMarked;
