/**
 * Reading the bodies of requests from clients that may be slow or go away: a stream with a least speed, and the
 * draining of what nobody wants. Used where bodies come in, for multipart requests and for direct uploads to this
 * server.
 */
@NullMarked
package io.graphqlfiles.internal.body;

import org.jspecify.annotations.NullMarked;
