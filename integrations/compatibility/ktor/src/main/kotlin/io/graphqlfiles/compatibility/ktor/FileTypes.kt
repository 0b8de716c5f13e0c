package io.graphqlfiles.compatibility.ktor

import com.expediagroup.graphql.generator.hooks.SchemaGeneratorHooks
import graphql.schema.GraphQLArgument
import graphql.schema.GraphQLFieldDefinition
import graphql.schema.GraphQLInputObjectType
import graphql.schema.GraphQLInputType
import graphql.schema.GraphQLList
import graphql.schema.GraphQLNonNull
import graphql.schema.GraphQLSchema
import graphql.schema.GraphQLType
import graphql.schema.GraphQLTypeReference
import io.graphqlfiles.StoredFile
import io.graphqlfiles.Upload
import io.graphqlfiles.engine.GraphQLFiles
import kotlin.reflect.KClass
import kotlin.reflect.KFunction
import kotlin.reflect.KType
import kotlin.reflect.full.createType

// tag::hooks
/** Has graphql-kotlin refer to the library's types where classes have files. A `Long` is the library's too. */
class FileTypes(private val files: GraphQLFiles) : SchemaGeneratorHooks {

    override fun willGenerateGraphQLType(type: KType): GraphQLType? = when (type.classifier) {
        StoredFile::class -> GraphQLTypeReference.typeRef("StoredFile")
        Uploaded::class -> GraphQLTypeReference.typeRef("Upload")
        Long::class -> GraphQLTypeReference.typeRef("Long")
        else -> null
    }

    /** It refuses interfaces as arguments, before it asks for their types. */
    override fun willResolveInputMonad(type: KType): KType = when (type.classifier) {
        Upload::class -> Uploaded::class.createType(nullable = type.isMarkedNullable)
        List::class -> List::class.createType(
            type.arguments.map { it.copy(type = willResolveInputMonad(requireNotNull(it.type))) },
            type.isMarkedNullable,
        )
        else -> type
    }

    private class Uploaded

    override fun willAddGraphQLTypeToSchema(type: KType, generatedType: GraphQLType): GraphQLType =
        if (generatedType !is GraphQLInputObjectType) generatedType
        else generatedType.transform { input ->
            generatedType.fields.forEach { field -> input.field(field.transform { it.type(forInput(field.type)) }) }
        }

    override fun didGenerateMutationField(
        kClass: KClass<*>, function: KFunction<*>, fieldDefinition: GraphQLFieldDefinition,
    ): GraphQLFieldDefinition = fieldDefinition.transform { field ->
        field.replaceArguments(fieldDefinition.arguments.map(::withFiles))
    }

    private fun withFiles(argument: GraphQLArgument) = argument.transform { it.type(forInput(argument.type)) }

    /** What is asked for a type is not told where it goes. */
    private fun forInput(type: GraphQLType): GraphQLInputType = when {
        type is GraphQLNonNull -> GraphQLNonNull.nonNull(forInput(type.wrappedType))
        type is GraphQLList -> GraphQLList.list(forInput(type.wrappedType))
        type is GraphQLTypeReference && type.name == "StoredFile" -> GraphQLTypeReference.typeRef("StoredFileInput")
        else -> type as GraphQLInputType
    }

    override fun didBuildSchema(builder: GraphQLSchema.Builder): GraphQLSchema.Builder {
        val schema = builder.additionalTypes(files.types()).build()
        val withOperations = schema.transform { changed ->
            changed.query(schema.queryType.transform { files.queryFields().forEach(it::field) })
            changed.mutation(schema.mutationType?.transform { files.mutationFields().forEach(it::field) })
        }
        return GraphQLSchema.newSchema(files.apply(withOperations))
    }
}
// end::hooks
