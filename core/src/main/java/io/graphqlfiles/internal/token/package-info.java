/**
 * Turns the operator's secrets into tokens that only this server can make and read, and into signatures for its own
 * URLs. Internal: may change with any release.
 */
@NullMarked
package io.graphqlfiles.internal.token;

import org.jspecify.annotations.NullMarked;
