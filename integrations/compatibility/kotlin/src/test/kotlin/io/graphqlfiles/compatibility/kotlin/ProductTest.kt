package io.graphqlfiles.compatibility.kotlin

import io.graphqlfiles.spring.test.FileUploads
import io.graphqlfiles.spring.test.TestFile
import io.graphqlfiles.spring.test.TestFileStore
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.graphql.test.autoconfigure.tester.AutoConfigureHttpGraphQlTester
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc
import org.springframework.graphql.test.tester.HttpGraphQlTester

// tag::test
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureHttpGraphQlTester
class ProductTest(
    @Autowired val tester: HttpGraphQlTester,
    @Autowired val store: TestFileStore,
    @Autowired val products: Products,
) {

    @BeforeEach
    fun clear() = store.clear()

    @Test
    fun `an upload is kept with its product`() {
        val image = TestFile.png("cup.png")

        val id = FileUploads.with(tester)
            .document("mutation (\$product: ProductInput!) { createProduct(product: \$product) { id } }")
            .variable("product", mapOf("name" to "Cup", "image" to mapOf("file" to image)))
            .execute()
            .path("createProduct.id").entity(String::class.java).get()

        assertThat(store).holdsOnly(image)
        assertThat(products.find(id)?.image?.fileName()).isEqualTo("cup.png")
    }
    // end::test

    @Test
    fun `what fails after it was suspended leaves nothing`() {
        FileUploads.with(tester)
            .document("mutation (\$product: ProductInput!) { createProduct(product: \$product) { id } }")
            .variable("product", mapOf("name" to "bad", "image" to mapOf("file" to TestFile.png("cup.png"))))
            .execute()
            .errors().satisfy { assertThat(it).hasSize(1) }

        assertThat(store).isEmpty()
    }

    @Test
    fun `what is replaced is deleted`() {
        val first = TestFile.png("first.png")
        val gallery = listOf(mapOf("file" to first), mapOf("file" to first))
        val id = FileUploads.with(tester)
            .document("mutation (\$product: ProductInput!) { createProduct(product: \$product) { id gallery { url } } }")
            .variable("product", mapOf("name" to "Cup", "image" to mapOf("file" to first), "gallery" to gallery))
            .execute()
            .path("createProduct.gallery").entityList(Any::class.java).hasSize(2)
            .path("createProduct.id").entity(String::class.java).get()
        val before = products.find(id)!!.image!!

        FileUploads.with(tester)
            .document("mutation (\$id: ID!, \$product: ProductInput!) { updateProduct(id: \$id, product: \$product) { id } }")
            .variable("id", id)
            .variable("product", mapOf("name" to "Cup", "image" to mapOf("file" to TestFile.png("second.png"))))
            .execute()
            .errors().verify()

        assertThat(store).doesNotHold(before)
        assertThat(store).hasSize(3)
    }

    @Test
    fun `a coroutine stores files of its own`() {
        FileUploads.with(tester)
            .document("mutation { createReport(title: \"July\") { report { fileName byteSize } } }")
            .execute()
            .path("createReport.report")
            .matchesJson("""{"fileName": "report.txt", "byteSize": 4}""")
    }
}
