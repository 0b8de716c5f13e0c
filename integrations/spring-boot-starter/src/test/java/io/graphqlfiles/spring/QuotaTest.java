package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.attachments.jdbc.JdbcFileQuota;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spring.docs.QuotaConfiguration;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** The bean that the guide shows. */
class QuotaTest {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GraphQlAutoConfiguration.class,
                    GraphQlWebMvcAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    GraphQLFilesAutoConfiguration.class))
            .withPropertyValues(
                    "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more",
                    "graphql.files.attachments.enabled=true",
                    "spring.datasource.generate-unique-name=true")
            .withBean(BlobStore.class, InMemoryBlobStore::new)
            .withUserConfiguration(QuotaConfiguration.class);

    @Test
    void quota_ofTheSignedInUser_isKept() {
        runner.withPropertyValues("spring.graphql.schema.locations=classpath:starter-attachments/")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    GraphQLFiles files = context.getBean(GraphQLFiles.class);
                    String field = files.fields().iterator().next().coordinate();
                    SecurityContextHolder.getContext()
                            .setAuthentication(new TestingAuthenticationToken("ann", "", List.of()));
                    try {
                        files.store(field, FileSource.of(new byte[4_999_999]));
                        assertThatExceptionOfType(FileException.class)
                                .isThrownBy(() -> files.store(field, FileSource.of(new byte[2])))
                                .satisfies(refusal ->
                                        assertThat(refusal.code()).isEqualTo(FileErrorCode.FILE_QUOTA_EXCEEDED));
                    } finally {
                        SecurityContextHolder.clearContext();
                    }
                    assertThat(context.getBean(JdbcFileQuota.class).used("ann").bytes())
                            .isEqualTo(4_999_999);
                });
    }

    @Test
    void quota_whereFieldsAreColumns_isAnErrorAtTheStart() {
        runner.withPropertyValues(
                        "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                        "graphql.files.attachments.by-default=false")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("quota: expected attached fields, found [Thing.picture"));
    }
}
