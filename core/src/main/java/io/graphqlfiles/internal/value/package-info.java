/**
 * Small things about values that several packages need: checks of durations, the ids that clients see. A leaf: it knows
 * nothing but the keys of the SPI.
 */
@NullMarked
package io.graphqlfiles.internal.value;

import org.jspecify.annotations.NullMarked;
