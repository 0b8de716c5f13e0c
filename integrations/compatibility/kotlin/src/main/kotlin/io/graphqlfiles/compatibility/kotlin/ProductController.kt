package io.graphqlfiles.compatibility.kotlin

import graphql.schema.DataFetchingEnvironment
import io.graphqlfiles.FileChanges
import io.graphqlfiles.FileSource
import io.graphqlfiles.StoredFile
import io.graphqlfiles.engine.GraphQLFiles
import java.util.concurrent.ConcurrentHashMap
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import org.springframework.graphql.data.method.annotation.Argument
import org.springframework.graphql.data.method.annotation.MutationMapping
import org.springframework.graphql.data.method.annotation.QueryMapping
import org.springframework.stereotype.Controller

// tag::controller
data class ProductInput(
    val name: String,
    val image: StoredFile?,
    val gallery: List<StoredFile>?,
)

data class Product(
    val id: String,
    val name: String,
    val image: StoredFile? = null,
    val gallery: List<StoredFile> = emptyList(),
    val report: StoredFile? = null,
)

@Controller
class ProductController(private val products: Products) {

    @QueryMapping
    fun product(@Argument id: String): Product? = products.find(id)

    @MutationMapping
    suspend fun createProduct(@Argument product: ProductInput): Product =
        products.save(product.name, product.image, product.gallery.orEmpty())
    // end::controller

    // tag::replace
    @MutationMapping
    suspend fun updateProduct(
        @Argument id: String,
        @Argument product: ProductInput,
        environment: DataFetchingEnvironment,
    ): Product {
        val before = requireNotNull(products.find(id))
        val after = products.update(before.copy(name = product.name, image = product.image))
        before.image?.let { FileChanges.of(environment).deleteOnSuccess(it) }
        return after
    }
    // end::replace

    // tag::store
    @MutationMapping
    suspend fun createReport(@Argument title: String, environment: DataFetchingEnvironment): Product {
        val report = withContext(Dispatchers.IO) {
            FileChanges.of(environment)
                .store("Product.report", FileSource.of(title.toByteArray()).withFileName("report.txt"))
        }
        return products.save(title, report = report)
    }
    // end::store
}

@org.springframework.stereotype.Repository
class Products {
    private val kept = ConcurrentHashMap<String, Product>()

    fun find(id: String): Product? = kept[id]

    suspend fun save(
        name: String,
        image: StoredFile? = null,
        gallery: List<StoredFile> = emptyList(),
        report: StoredFile? = null,
    ): Product {
        delay(1) // goes on in another thread
        require(name != "bad") { "no such name" }
        return Product((kept.size + 1).toString(), name, image, gallery, report).also { kept[it.id] = it }
    }

    suspend fun update(product: Product): Product {
        delay(1)
        kept[product.id] = product
        return product
    }
}
