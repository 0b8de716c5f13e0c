/** Files that belong to records, in the application's own database. */
@NullMarked
package io.graphqlfiles.attachments.jdbc;

import org.jspecify.annotations.NullMarked;
