/**
 * Examines the buckets behind the fields: what the fields need goes in, findings with advice come out. It tries on live
 * stores what a browser and this server would do, and takes away what it wrote.
 */
@NullMarked
package io.graphqlfiles.internal.doctor;

import org.jspecify.annotations.NullMarked;
