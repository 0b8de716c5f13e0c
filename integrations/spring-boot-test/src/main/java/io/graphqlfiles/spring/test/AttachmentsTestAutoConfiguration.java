package io.graphqlfiles.spring.test;

import io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spring.GraphQLFilesAutoConfiguration;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * In tests without a database, such as slices, of an application that attaches files in its database: which record has
 * which files is kept in memory.
 */
@AutoConfiguration(after = GraphQLFilesAutoConfiguration.class)
@ConditionalOnClass(JdbcAttachmentStore.class)
@ConditionalOnBooleanProperty(name = "graphql.files.attachments.enabled", matchIfMissing = true)
public final class AttachmentsTestAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean({AttachmentStore.class, DataSource.class})
    InMemoryAttachmentStore graphQLFilesTestAttachments() {
        return new InMemoryAttachmentStore();
    }
}
