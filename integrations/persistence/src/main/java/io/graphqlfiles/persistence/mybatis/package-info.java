/** For MyBatis: name this package in {@code mybatis.type-handlers-package}. */
@NullMarked
package io.graphqlfiles.persistence.mybatis;

import org.jspecify.annotations.NullMarked;
