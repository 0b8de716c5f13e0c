package io.graphqlfiles.spring;

class AttachmentsTest extends AttachmentTests {}
