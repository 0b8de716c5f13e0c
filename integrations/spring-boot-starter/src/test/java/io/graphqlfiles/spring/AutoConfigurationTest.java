package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import graphql.GraphQL;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.instrumentation.Instrumentation;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.scalars.ExtendedScalars;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileSchemaException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.Upload;
import io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.ForeignStoreException;
import io.graphqlfiles.servlet.FileServlet;
import io.graphqlfiles.servlet.GraphQLUploadFilter;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.graphql.ExecutionGraphQlResponse;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(OutputCaptureExtension.class)
class AutoConfigurationTest {

    private static final String SECRET = "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more";

    private final WebApplicationContextRunner bare = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GraphQlAutoConfiguration.class,
                    GraphQlWebMvcAutoConfiguration.class,
                    GraphQLFilesAutoConfiguration.class));

    private final WebApplicationContextRunner runner = bare.withPropertyValues(
                    "spring.graphql.schema.locations=classpath:starter-other/own-scalars/", SECRET)
            .withBean("broken", BlobStore.class, InMemoryBlobStore::new);

    private final WebApplicationContextRunner withDataSource = runner.withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    DataSourceInitializationAutoConfiguration.class))
            .withPropertyValues(
                    "spring.graphql.schema.locations=classpath:starter-attachments/",
                    "graphql.files.attachments.enabled=true",
                    "spring.datasource.generate-unique-name=true");

    @TempDir
    Path directory;

    @Test
    void uploadFilterAndFileServlet_ofTheApplication_takeThePlaceOfOurs() {
        runner.withUserConfiguration(OwnHttp.class)
                .run(context -> assertThat(context)
                        .hasBean("ownFilter")
                        .doesNotHaveBean("graphQLUploadFilter")
                        .doesNotHaveBean("graphQLFileServlet"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnHttp {

        @Bean
        FilterRegistrationBean<GraphQLUploadFilter> ownFilter(GraphQLFiles files) {
            return new FilterRegistrationBean<>(new GraphQLUploadFilter(files));
        }

        @Bean
        ServletRegistrationBean<FileServlet> ownServlet(GraphQLFiles files) {
            return new ServletRegistrationBean<>(new FileServlet(files), "/files/*");
        }
    }

    /** Of an application that keeps its files in columns. */
    @Test
    void transactions_withoutAttachments_areKnown() {
        withDataSource
                .withPropertyValues(
                        "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                        "graphql.files.attachments.enabled=false")
                .run(context -> {
                    List<String> done = new ArrayList<>();
                    TransactionTemplate transaction =
                            new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
                    UnitOfWork work = context.getBean(UnitOfWork.class);

                    transaction.executeWithoutResult(status -> {
                        work.afterCommit(() -> done.add("committed"));
                        work.afterRollback(() -> done.add("not committed"));
                        assertThat(done).isEmpty();
                    });
                    transaction.executeWithoutResult(status -> {
                        work.afterCommit(() -> done.add("not rolled back"));
                        work.afterRollback(() -> done.add("rolled back"));
                        status.setRollbackOnly();
                    });
                    work.afterRollback(() -> done.add("no transaction"));

                    assertThat(done).containsExactly("committed", "rolled back");
                });
    }

    @Test
    void schema_none_backsOff() {
        bare.withPropertyValues("spring.graphql.schema.locations=classpath:no-such-place/")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(GraphQLFiles.class));
    }

    /** As in batch jobs, and in slices of tests. */
    @Test
    void webApplication_none_fileFieldsWork() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(GraphQlAutoConfiguration.class, GraphQLFilesAutoConfiguration.class))
                .withPropertyValues("spring.graphql.schema.locations=classpath:starter-other/own-scalars/", SECRET)
                .withBean(InMemoryBlobStore.class)
                .withUserConfiguration(ThingController.class)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("graphQLUploadFilter");
                    ExecutionGraphQlResponse response = context.getBean(ExecutionGraphQlService.class)
                            .execute(new DefaultExecutionGraphQlRequest(
                                    "mutation ($png: String!) { addThing(picture: { base64: $png }) { picture { mimeType } } }",
                                    null,
                                    Map.of("png", Samples.base64(Samples.png(80))),
                                    Map.of(),
                                    "1",
                                    null))
                            .block(Duration.ofSeconds(20));

                    assertThat(response.getErrors()).isEmpty();
                    assertThat(response.<Object>getData().toString())
                            .isEqualTo("{addThing={picture={mimeType=image/png}}}");
                    assertThat(context.getBean(InMemoryBlobStore.class).keys()).hasSize(1);
                });
    }

    @Test
    void graphQl_notOnTheClassPath_backsOff() {
        runner.withClassLoader(new FilteredClassLoader(GraphQL.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(GraphQLFiles.class));
    }

    @Test
    void secret_missing() {
        bare.withPropertyValues(
                        "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                        "graphql.files.fs.root=" + directory)
                .run(context -> {
                    FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

                    assertThat(analysis.getDescription())
                            .isEqualTo(
                                    "File fields need a secret that signs URLs and upload tokens, and none is configured.");
                    assertThat(analysis.getAction())
                            .isEqualTo(
                                    "Set graphql.files.secret to at least 32 random characters that all instances of this"
                                            + " application share and nobody else knows, for example the output of:"
                                            + " openssl rand -base64 32");
                });
    }

    /** Spring Boot binds what it cannot resolve as it is written, and this one is longer than a secret must be. */
    @Test
    void secret_unresolvedPlaceholder() {
        bare.withPropertyValues(
                        "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                        "graphql.files.fs.root=" + directory,
                        "graphql.files.secret=${THE_SECRET_OF_THE_FILES_OF_THIS_APPLICATION}")
                .run(context -> {
                    FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

                    assertThat(analysis.getDescription())
                            .isEqualTo(
                                    "graphql.files.secret is ${THE_SECRET_OF_THE_FILES_OF_THIS_APPLICATION}, and nothing"
                                            + " has a value for THE_SECRET_OF_THE_FILES_OF_THIS_APPLICATION.");
                    assertThat(analysis.getAction())
                            .startsWith("Set the environment variable or property"
                                    + " THE_SECRET_OF_THE_FILES_OF_THIS_APPLICATION to at least 32 random characters");
                });
    }

    @Test
    void secret_short_isNotRepeatedInTheMessage() {
        bare.withPropertyValues(
                        "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                        "graphql.files.fs.root=" + directory,
                        "graphql.files.secret=too-short")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("32")
                        .hasMessageNotContaining("too-short"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    graphql.files.secret=too-short  | graphql.files.secret has 9 characters, and 32 are the least.
                    graphql.files.fs.root=          | graphql.files.fs.root is empty.
                    graphql.files.base-path=files   | A setting under graphql.files cannot be used: basePath: expected a path such as /files, found "files".
                    graphql.files.url.validity=0s   | A setting under graphql.files cannot be used: urlValidity: expected more than zero, found PT0S.
                    """)
    void settingThatCannotBeUsed_isSaidInPlaceOfATrace(String setting, String description) {
        bare.withPropertyValues(
                        "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                        SECRET,
                        "graphql.files.fs.root=" + directory,
                        setting)
                .run(context -> assertThat(new MissingSettingFailureAnalyzer()
                                .analyze(context.getStartupFailure())
                                .getDescription())
                        .isEqualTo(description));
    }

    @Test
    void store_missing() {
        bare.withPropertyValues("spring.graphql.schema.locations=classpath:starter-other/own-scalars/", SECRET)
                .run(context -> {
                    FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

                    assertThat(analysis.getDescription())
                            .isEqualTo("File fields need a store to keep files in, and none is configured.");
                    assertThat(analysis.getAction())
                            .isEqualTo("Set graphql.files.fs.root to a directory, or declare a bean of type"
                                    + " io.graphqlfiles.spi.BlobStore.");
                });
    }

    @Test
    void stores_severalAndNoPrimary() {
        runner.withBean("other", BlobStore.class, InMemoryBlobStore::new).run(context -> {
            FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

            assertThat(analysis.getDescription())
                    .isEqualTo("There are several beans of type io.graphqlfiles.spi.BlobStore and none is the default:"
                            + " broken, other.");
            assertThat(analysis.getAction()).isEqualTo("Mark the default one with @Primary.");
        });
    }

    @Test
    void fsRoot_makesAFileSystemStore() {
        bare.withPropertyValues(
                        "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                        SECRET,
                        "graphql.files.fs.root=" + directory)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean(BlobStore.class)
                        .isInstanceOf(FileSystemBlobStore.class));
    }

    @Test
    void blobStoreBean_winsOverFsRoot() {
        runner.withPropertyValues("graphql.files.fs.root=" + directory.resolve("unused"))
                .run(context -> {
                    assertThat(context).getBean(BlobStore.class).isInstanceOf(InMemoryBlobStore.class);
                    assertThat(Files.exists(directory.resolve("unused"))).isFalse();
                });
    }

    @Test
    void filter_standsBeforeSecurityAndCoversEveryDispatch() {
        runner.withPropertyValues("spring.graphql.http.path=/api/graphql").run(context -> {
            FilterRegistrationBean<?> filter = context.getBean("graphQLUploadFilter", FilterRegistrationBean.class);

            assertThat(filter.getFilter()).isInstanceOf(GraphQLUploadFilter.class);
            assertThat(filter.getUrlPatterns()).containsExactly("/api/graphql");
            assertThat(filter.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 10);
            assertThat(filter.determineDispatcherTypes())
                    .containsExactlyInAnyOrder(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        });
    }

    @Test
    void servlet_isAtTheBasePath() {
        runner.withPropertyValues("graphql.files.base-path=/media").run(context -> {
            ServletRegistrationBean<?> servlet = context.getBean(ServletRegistrationBean.class);

            assertThat(servlet.getUrlMappings()).containsExactly("/media/*");
            assertThat(context).hasSingleBean(ServletRegistrationBean.class);
        });
    }

    @Test
    void authorizer_none_saysHow(CapturedOutput output) {
        runner.run(context -> {
            assertThat(executable(context.getBean(GraphQlSource.class))
                            .getObjectType("Mutation")
                            .getField("startFileUpload"))
                    .isNull();
            assertThat(output).containsOnlyOnce("Direct uploads and URLs by id are off");
        });
    }

    @Test
    void authorizer_addsDirectUploads() {
        runner.withBean(FileAuthorizer.class, () -> access -> true).run(context -> {
            GraphQLSchema schema = executable(context.getBean(GraphQlSource.class));

            assertThat(schema.getObjectType("Mutation").getField("startFileUpload"))
                    .isNotNull();
            assertThat(schema.getObjectType("Query").getField("urlForFile")).isNotNull();
        });
    }

    @Test
    void schemaInspection_findsNothingUnmapped(CapturedOutput output) {
        runner.withBean(FileAuthorizer.class, () -> access -> true)
                .withUserConfiguration(ThingController.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).containsOnlyOnce("Unmapped fields: {}");
                });
    }

    @Test
    void schema_withScalarsOfItsOwn() {
        bare.withPropertyValues("spring.graphql.schema.locations=classpath:starter-other/own-scalars/", SECRET)
                .withBean(BlobStore.class, InMemoryBlobStore::new)
                .withUserConfiguration(OwnScalars.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    GraphQLSchema schema = executable(context.getBean(GraphQlSource.class));
                    assertThat(((GraphQLScalarType) schema.getType("Long")).getCoercing())
                            .isSameAs(OwnScalars.LONG.getCoercing());
                });
    }

    @Test
    void schema_withoutMutations() {
        bare.withPropertyValues("spring.graphql.schema.locations=classpath:starter-other/query-only/", SECRET)
                .withBean(BlobStore.class, InMemoryBlobStore::new)
                .withBean(FileAuthorizer.class, () -> access -> true)
                .run(context -> assertThat(executable(context.getBean(GraphQlSource.class))
                                .getMutationType()
                                .getField("startFileUpload"))
                        .isNotNull());
    }

    @Test
    void schema_withMistakes_namesEach() {
        bare.withPropertyValues("spring.graphql.schema.locations=classpath:starter-other/mistakes/", SECRET)
                .withBean(BlobStore.class, InMemoryBlobStore::new)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(FileSchemaException.class)
                        .hasMessageContaining("Thing.picture")
                        .hasMessageContaining("ThingInput.picture"));
    }

    @Test
    void graphQlFilesBean_winsOverProperties() {
        GraphQLFiles own = GraphQLFiles.newGraphQLFiles()
                .store(new InMemoryBlobStore())
                .store("broken", new InMemoryBlobStore())
                .secret("another-secret-of-32-characters-or-more")
                .build();
        bare.withPropertyValues("spring.graphql.schema.locations=classpath:starter-schema/")
                .withBean(GraphQLFiles.class, () -> own)
                .run(context -> assertThat(context).getBean(GraphQLFiles.class).isSameAs(own));
    }

    @Test
    void limits_fromProperties() {
        runner.withPropertyValues(
                        "graphql.files.limits.base64=1KB",
                        "graphql.files.limits.file=2MB",
                        "graphql.files.limits.copy-url=3MB",
                        "graphql.files.limits.direct-upload=4GB",
                        "graphql.files.limits.files-per-request=5",
                        "graphql.files.limits.bytes-per-request=6MB",
                        "graphql.files.limits.operations=7KB",
                        "graphql.files.limits.map=8KB",
                        "graphql.files.limits.spooled=9MB",
                        "graphql.files.limits.drained=10MB",
                        "graphql.files.limits.drain-time=11s",
                        "graphql.files.limits.calls-per-request=12",
                        "graphql.files.limits.edits-per-request=13",
                        "graphql.files.limits.operations-time=14s",
                        "graphql.files.limits.bytes-per-second=15KB",
                        "graphql.files.limits.spooled-together=16GB",
                        "graphql.files.limits.direct-uploads-per-request=17")
                .run(context -> assertThat(context.getBean(GraphQLFiles.class).limits())
                        .usingRecursiveComparison()
                        .isEqualTo(FileLimits.newFileLimits()
                                .base64(ByteSize.kilobytes(1))
                                .file(ByteSize.megabytes(2))
                                .copyUrl(ByteSize.megabytes(3))
                                .directUpload(ByteSize.gigabytes(4))
                                .filesPerRequest(5)
                                .bytesPerRequest(ByteSize.megabytes(6))
                                .operationsText(ByteSize.kilobytes(7))
                                .mapText(ByteSize.kilobytes(8))
                                .spooledBytes(ByteSize.megabytes(9))
                                .drainedBytes(ByteSize.megabytes(10))
                                .drainTime(Duration.ofSeconds(11))
                                .callsPerRequest(12)
                                .editsPerRequest(13)
                                .operationsTime(Duration.ofSeconds(14))
                                .bytesPerSecond(ByteSize.kilobytes(15))
                                .spooledBytesTogether(ByteSize.gigabytes(16))
                                .directUploadsPerRequest(17)
                                .build()));
    }

    @Test
    void limits_defaults() {
        runner.run(context -> assertThat(context.getBean(GraphQLFiles.class).limits())
                .usingRecursiveComparison()
                .isEqualTo(FileLimits.defaults()));
    }

    @Test
    void customizer_hasTheLastWord() {
        runner.withBean(GraphQLFilesBuilderCustomizer.class, () -> builder -> builder.basePath("/elsewhere"))
                .run(context -> {
                    ServletRegistrationBean<?> servlet = context.getBean(ServletRegistrationBean.class);

                    assertThat(servlet.getUrlMappings()).containsExactly("/elsewhere/*");
                });
    }

    @Test
    void sweeper_runsWithTheContext() {
        FileSweeper[] sweeper = new FileSweeper[1];
        runner.run(context -> {
            sweeper[0] = context.getBean(FileSweeper.class);
            assertThat(sweeper[0].isRunning()).isTrue();
        });
        assertThat(sweeper[0].isRunning()).isFalse();
    }

    @Test
    void sweeper_deletesAbandonedUploads() throws IOException {
        InMemoryBlobStore store = new InMemoryBlobStore(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        store.put(
                new PutRequest("staged/19700101/abandoned", 0, "text/plain", "attachment", Visibility.PRIVATE),
                InputStream.nullInputStream());
        bare.withPropertyValues(
                        "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                        SECRET,
                        "graphql.files.sweep.interval=1ms")
                .withBean(BlobStore.class, () -> store)
                .run(context -> await().until(() -> store.keys().isEmpty()));
    }

    @Test
    void sweeper_disabled() {
        runner.withPropertyValues("graphql.files.sweep.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(FileSweeper.class));
    }

    /** A chain costs each field something. */
    @Test
    void instrumentation_standsAloneWhereThereIsNoOther() {
        runner.run(context -> assertThat(instrumentationOf(context))
                .isExactlyInstanceOf(
                        context.getBean(GraphQLFiles.class).instrumentation().getClass()));
    }

    @Test
    void instrumentation_ofTheApplication_staysBesideOurs() {
        Instrumentation own = new SimplePerformantInstrumentation() {};
        runner.withBean(Instrumentation.class, () -> own).run(context -> {
            Class<?> ours =
                    context.getBean(GraphQLFiles.class).instrumentation().getClass();
            assertThat(flat(instrumentationOf(context)))
                    .hasSize(2)
                    .contains(own)
                    .anySatisfy(each -> assertThat(each).isExactlyInstanceOf(ours));
        });
    }

    private static Instrumentation instrumentationOf(ApplicationContext context) {
        return context.getBean(GraphQlSource.class).graphQl().getInstrumentation();
    }

    private static List<Instrumentation> flat(Instrumentation instrumentation) {
        return instrumentation instanceof ChainedInstrumentation chain
                ? chain.getInstrumentations().stream()
                        .flatMap(each -> flat(each).stream())
                        .toList()
                : List.of(instrumentation);
    }

    @Test
    void attachments_withoutDataSource_noneAndNoFailure() {
        runner.withPropertyValues("graphql.files.attachments.enabled=true").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(AttachmentStore.class);
            assertThat(context).doesNotHaveBean(UnitOfWork.class);
        });
    }

    @Test
    void attachments_withoutTheModule_noneAndNoFailure() {
        withDataSource
                .withPropertyValues("spring.graphql.schema.locations=classpath:starter-other/own-scalars/")
                .withClassLoader(new FilteredClassLoader(JdbcAttachmentStore.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AttachmentStore.class));
    }

    @Test
    void attachments_withoutSpringJdbc_noneAndNoFailure() {
        runner.withPropertyValues("graphql.files.attachments.enabled=true")
                .withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "org.springframework.transaction"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AttachmentStore.class));
    }

    @Test
    void attachments_withDataSource_tablesAreMade() {
        withDataSource.run(context -> {
            assertThat(context).hasSingleBean(JdbcAttachmentStore.class).hasSingleBean(UnitOfWork.class);
            assertThat(context.getBean(GraphQLFiles.class).attachments().statistics())
                    .isEqualTo(new AttachmentStatistics(0, AttachmentStatistics.Backlog.NONE));
        });
    }

    /** Two applications with a store each, or one whose store was exchanged. */
    @Test
    void attachments_anotherStoreOfTheNameOnTheDatabase_failsAtTheStart() {
        WebApplicationContextRunner shared = withDataSource.withPropertyValues(
                "spring.datasource.generate-unique-name=false",
                "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

        shared.run(context -> assertThat(context).hasNotFailed());
        shared.run(context -> assertThat(context)
                .getFailure()
                .isInstanceOf(ForeignStoreException.class)
                .hasMessageContaining("a name of its own"));
    }

    @Test
    void attachments_tablesAreLeftToOthers_whoHaveNotMadeThem_failsAtTheStart() {
        withDataSource
                .withPropertyValues("graphql.files.attachments.create-tables=false")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("GRAPHQL_FILES_ATTACHMENT"));
    }

    @Test
    void attachments_schema_hasTheTables() {
        withDataSource
                .withPropertyValues(
                        "graphql.files.attachments.schema=FILES",
                        "spring.sql.init.schema-locations=classpath:starter-attachments/schema.sql")
                .run(context -> assertThat(new JdbcTemplate(context.getBean(DataSource.class))
                                .queryForObject("select count(*) from files.graphql_files_attachment", Long.class))
                        .isZero());
    }

    @Test
    void attachments_disabled() {
        withDataSource
                .withPropertyValues(
                        "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                        "graphql.files.attachments.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AttachmentStore.class));
    }

    @Test
    void attachments_ofTheApplication_giveWayToNone() {
        AttachmentStore own = new InMemoryAttachmentStore();
        withDataSource.withBean(AttachmentStore.class, () -> own).run(context -> {
            assertThat(context).doesNotHaveBean(JdbcAttachmentStore.class);
            context.getBean(GraphQLFiles.class).attachments();
        });
    }

    @Test
    void attachments_severalDataSources_failRatherThanGuess() {
        withDataSource
                .withBean("one", DataSource.class, JdbcDataSource::new)
                .withBean("two", DataSource.class, JdbcDataSource::new)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(NoUniqueBeanDefinitionException.class));
    }

    private static GraphQLSchema executable(GraphQlSource source) {
        return source.graphQl().getGraphQLSchema();
    }

    record Thing(StoredFile picture, OffsetDateTime at) {}

    @Controller
    static class ThingController {

        @QueryMapping
        List<Thing> things(@Argument Long least) {
            return List.of();
        }

        @MutationMapping
        Thing addThing(@Argument StoredFile picture) {
            return new Thing(picture, null);
        }

        @MutationMapping
        long measure(@Argument Upload file) {
            return 0;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnScalars {

        static final GraphQLScalarType LONG = ExtendedScalars.GraphQLLong.transform(
                scalar -> scalar.coercing(ExtendedScalars.GraphQLBigInteger.getCoercing()));

        @Bean
        RuntimeWiringConfigurer scalars() {
            return wiring -> wiring.scalar(LONG).scalar(ExtendedScalars.DateTime);
        }
    }
}
