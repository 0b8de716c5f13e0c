/**
 * Direct uploads, which go past this server: started, continued in parts, completed, and claimed by a token. What a
 * client wants to send goes in, signed requests and a sealed token come out; later the token goes in and a blob that
 * nobody else can change comes out.
 */
@NullMarked
package io.graphqlfiles.internal.directupload;

import org.jspecify.annotations.NullMarked;
