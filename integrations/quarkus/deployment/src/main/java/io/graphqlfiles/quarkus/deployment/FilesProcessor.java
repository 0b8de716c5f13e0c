package io.graphqlfiles.quarkus.deployment;

import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.quarkus.File;
import io.graphqlfiles.quarkus.FilesProducer;
import io.graphqlfiles.quarkus.FilesRecorder;
import io.graphqlfiles.quarkus.StoredFileAdapter;
import io.graphqlfiles.quarkus.UploadAdapter;
import io.graphqlfiles.spi.Visibility;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanContainerBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.BytecodeTransformerBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.smallrye.graphql.runtime.SmallRyeGraphQLConfig;
import io.quarkus.smallrye.graphql.runtime.SmallRyeGraphQLRecorder;
import io.quarkus.vertx.http.deployment.FilterBuildItem;
import io.quarkus.vertx.http.deployment.HttpRootPathBuildItem;
import io.smallrye.graphql.schema.model.Scalars;
import java.util.stream.Stream;

/** The build steps of the extension. */
class FilesProcessor {

    /** After authentication and authorisation (200, 100), before the limit on bodies, which is not for files (2). */
    private static final int FILTER_PRIORITY = 3;

    private static final String ATTACHMENTS = "io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("graphql-files");
    }

    @BuildStep
    AdditionalIndexedClassesBuildItem annotation() {
        return new AdditionalIndexedClassesBuildItem(
                File.class.getName(), FileSourceType.class.getName(), Visibility.class.getName());
    }

    /** SmallRye must not look into our classes. It makes its model when there are beans, so after this. */
    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    AdditionalBeanBuildItem scalarsAndBeans(FilesRecorder recorder) {
        Scalars.registerCustomScalarInSchema("StoredFile", StoredFile.class.getName());
        Scalars.registerCustomScalarInSchema("Upload", Upload.class.getName());
        recorder.registerScalars();
        return AdditionalBeanBuildItem.builder()
                .addBeanClasses(
                        FilesProducer.class.getName(),
                        FilesProducer.class.getName() + "$Media",
                        "io.graphqlfiles.quarkus.Threads",
                        "io.graphqlfiles.quarkus.Sweeper")
                .setUnremovable()
                .build();
    }

    /** Where there are a database, transactions and the module. */
    @BuildStep
    void attachments(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.AGROAL)
                && capabilities.isPresent(Capability.TRANSACTIONS)
                && QuarkusClassLoader.isClassPresentAtRuntime(ATTACHMENTS)) {
            beans.produce(AdditionalBeanBuildItem.builder()
                    .addBeanClass("io.graphqlfiles.quarkus.AttachmentsProducer")
                    .setUnremovable()
                    .build());
        }
    }

    /** Where their modules are. Which of them is used is known when the settings are. */
    @BuildStep
    void stores(BuildProducer<AdditionalBeanBuildItem> beans) {
        addStore(
                "S3Store",
                beans,
                "io.graphqlfiles.storage.s3.S3BlobStore",
                "software.amazon.awssdk.services.s3.S3Client");
        addStore("GcsStore", beans, "io.graphqlfiles.storage.gcs.GcsBlobStore");
        addStore("AzureStore", beans, "io.graphqlfiles.storage.azure.AzureBlobStore");
    }

    private static void addStore(String bean, BuildProducer<AdditionalBeanBuildItem> beans, String... needed) {
        if (Stream.of(needed).allMatch(QuarkusClassLoader::isClassPresentAtRuntime)) {
            beans.produce(AdditionalBeanBuildItem.builder()
                    .addBeanClass("io.graphqlfiles.quarkus." + bean)
                    .setUnremovable()
                    .build());
        }
    }

    @BuildStep
    UnremovableBeanBuildItem facade() {
        return UnremovableBeanBuildItem.beanTypes(GraphQLFiles.class);
    }

    /** JSON-B finds an adapter on the class itself, whoever has made the instance. */
    @BuildStep
    void jsonb(BuildProducer<BytecodeTransformerBuildItem> classes) {
        classes.produce(annotated(StoredFile.class, StoredFileAdapter.class));
        classes.produce(annotated(Upload.class, UploadAdapter.class));
    }

    private static BytecodeTransformerBuildItem annotated(Class<?> type, Class<?> adapter) {
        return new BytecodeTransformerBuildItem.Builder()
                .setClassToTransform(type.getName())
                .setVisitorFunction((name, visitor) -> new AnnotatedClass(visitor, adapter.getName()))
                .setCacheable(true)
                .build();
    }

    @BuildStep
    void nativeImage(
            BuildProducer<ReflectiveClassBuildItem> classes,
            BuildProducer<NativeImageResourcePatternsBuildItem> resources) {
        classes.produce(ReflectiveClassBuildItem.builder(
                        StoredFile.class, StoredFileAdapter.class, Upload.class, UploadAdapter.class)
                .methods()
                .reason("bound by JSON-B")
                .build());
        resources.produce(NativeImageResourcePatternsBuildItem.builder()
                .includeGlobs("META-INF/graphql-files/**", "org/apache/tika/mime/*.xml", "io/graphqlfiles/**")
                .build());
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    void start(
            FilesRecorder recorder,
            SmallRyeGraphQLRecorder smallRye,
            BeanContainerBuildItem beans,
            SmallRyeGraphQLConfig smallRyeConfig,
            HttpRootPathBuildItem root,
            ShutdownContextBuildItem shutdown,
            BuildProducer<FilterBuildItem> filters) {
        String rootPath = withoutSlash(root.getRootPath());
        boolean isBlocking = !smallRyeConfig.nonBlockingEnabled().orElse(true);
        recorder.start(beans.getValue(), rootPath, shutdown);
        filters.produce(new FilterBuildItem(
                recorder.uploadHandler(
                        beans.getValue(),
                        root.resolvePath(smallRyeConfig.rootPath()),
                        smallRye.executionHandler(recorder.hasSchema(), isBlocking, false)),
                FILTER_PRIORITY));
        filters.produce(new FilterBuildItem(recorder.fileHandler(beans.getValue(), rootPath), FILTER_PRIORITY));
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
