package io.graphqlfiles.spring;

import io.graphqlfiles.spring.app.RecordApplication;
import io.graphqlfiles.spring.app.RecordBeans;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** Runs against the record application on a Tomcat of its own; one context serves all tests that are marked so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = {RecordApplication.class, RecordBeans.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.graphql.schema.locations=classpath:starter-schema/",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more",
            "graphql.files.copy-url.allowed-networks=127.0.0.1/32",
            "graphql.files.limits.base64=64KB"
        })
@interface RecordTest {}
