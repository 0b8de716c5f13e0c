package io.graphqlfiles.compatibility.spqr;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLTypeReference;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import io.graphqlfiles.engine.GraphQLFiles;
import io.leangen.graphql.GraphQLSchemaGenerator;
import io.leangen.graphql.generator.mapping.TypeMapper;
import io.leangen.graphql.generator.mapping.TypeMappingEnvironment;
import io.leangen.graphql.generator.mapping.common.IdAdapter;
import io.leangen.graphql.metadata.strategy.value.jackson.JacksonValueMapperFactory;
import io.leangen.graphql.module.Module;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.util.Map;
import java.util.Set;

// tag::module
/**
 * Lets SPQR refer to the library's types where classes have files, and hand files on to methods. A {@code long} is the
 * library's too: there may be one type {@code Long}.
 */
final class FileModule implements Module {

    private static final Map<Class<?>, String> OUTPUTS =
            Map.of(StoredFile.class, "StoredFile", Long.class, "Long", long.class, "Long");

    private static final Map<Class<?>, String> INPUTS =
            Map.of(StoredFile.class, "StoredFileInput", Upload.class, "Upload", Long.class, "Long", long.class, "Long");

    private final GraphQLFiles files;

    FileModule(GraphQLFiles files) {
        this.files = files;
    }

    @Override
    public void setUp(SetupContext context) {
        GraphQLSchemaGenerator generator = context.getSchemaGenerator();
        generator
                .withTypeMappers((configuration, mappers) -> mappers.insertAfter(IdAdapter.class, new FileTypes()))
                .withValueMapperFactory(JacksonValueMapperFactory.builder()
                        .withConfigurers(
                                parameters -> parameters.getObjectMapper().registerModule(asTheyAre()))
                        .build())
                .withSchemaProcessors((schema, build) -> schema.additionalTypes(files.types()));
    }

    /** SPQR makes arguments of maps by Jackson. By then there are files in them, to be handed on. */
    private static SimpleModule asTheyAre() {
        SimpleModule module = new SimpleModule();
        handOn(StoredFile.class, module);
        handOn(Upload.class, module);
        return module;
    }

    private static <T> void handOn(Class<T> type, SimpleModule module) {
        module.addSerializer(type, new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator to, SerializerProvider serializers) throws IOException {
                to.writeEmbeddedObject(value);
            }
        });
        module.addDeserializer(type, new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser from, DeserializationContext context) throws IOException {
                return type.cast(from.getEmbeddedObject());
            }
        });
    }

    private static final class FileTypes implements TypeMapper {

        @Override
        public boolean supports(AnnotatedElement element, AnnotatedType type) {
            return INPUTS.containsKey(type.getType());
        }

        @Override
        public GraphQLOutputType toGraphQLType(
                AnnotatedType type, Set<Class<? extends TypeMapper>> skip, TypeMappingEnvironment environment) {
            return GraphQLTypeReference.typeRef(OUTPUTS.get(type.getType()));
        }

        @Override
        public GraphQLInputType toGraphQLInputType(
                AnnotatedType type, Set<Class<? extends TypeMapper>> skip, TypeMappingEnvironment environment) {
            return GraphQLTypeReference.typeRef(INPUTS.get(type.getType()));
        }
    }
}
// end::module
