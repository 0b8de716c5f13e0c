/**
 * Small JSON objects, written and read without binding: the column of a file, the claims of a token, the body of a
 * refusal. A leaf. Internal: may change with any release.
 */
@NullMarked
package io.graphqlfiles.internal.json;

import org.jspecify.annotations.NullMarked;
