/**
 * What must be true of a file and of a request: the rules of the field, the budget of the request, the permission of
 * the application. Claims and content go in; they come out cleaned, or a {@link io.graphqlfiles.FileException} is
 * thrown. Whatever its source, a file passes here.
 */
@NullMarked
package io.graphqlfiles.internal.check;

import org.jspecify.annotations.NullMarked;
