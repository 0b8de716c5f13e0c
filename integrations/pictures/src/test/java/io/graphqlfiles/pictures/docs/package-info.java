/** Code of the documents. */
@NullMarked
package io.graphqlfiles.pictures.docs;

import org.jspecify.annotations.NullMarked;
