/**
 * For tests: a store in memory, a store that fails on demand, a clock that is moved by hand, and the contracts:
 * {@link io.graphqlfiles.testkit.BlobStoreContract} and {@link io.graphqlfiles.testkit.VariantsContract} for every
 * store, {@link io.graphqlfiles.testkit.DirectAccessContract} and {@link io.graphqlfiles.testkit.PartUploadsContract}
 * for what it can do beyond that, {@link io.graphqlfiles.testkit.AttachmentStoreContract} for attachment stores, and
 * {@link io.graphqlfiles.testkit.GraphQLServerContract} for server adapters.
 *
 * <p>The promise of this package is to callers. The contract grows with the promises of the store SPI: a store may fail
 * a newer contract because it broke a promise that nobody had tested.
 */
@NullMarked
package io.graphqlfiles.testkit;

import org.jspecify.annotations.NullMarked;
