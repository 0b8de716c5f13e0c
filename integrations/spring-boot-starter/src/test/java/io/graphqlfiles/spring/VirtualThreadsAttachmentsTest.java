package io.graphqlfiles.spring;

import org.springframework.test.context.TestPropertySource;

/** Where the JDK has virtual threads, Spring for GraphQL would call each controller method in one of its own. */
@TestPropertySource(properties = "spring.threads.virtual.enabled=true")
class VirtualThreadsAttachmentsTest extends AttachmentTests {}
