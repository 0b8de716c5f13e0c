package io.graphqlfiles.compatibility.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A mutation does with a file what it does without one. */
class TransactionsTest extends JpaTests {

    @Autowired
    private Attempts attempts;

    @BeforeEach
    void empty() {
        attempts.deleteAll();
        products.findAll().forEach(product -> files.attachments().discardAll("Product", product.getId()));
        products.deleteAll();
    }

    @AfterEach
    void nothingIsLeft() {
        nothingIsLeftOver();
    }

    private static String image(boolean withFile) {
        return withFile ? ", image: " + file("one") : "";
    }

    private List<String> names() {
        return products.findAll().stream().map(Product::getName).sorted().toList();
    }

    private List<Integer> images() {
        return products.findAll().stream()
                .map(product -> files.attachments()
                        .list("Product.image", product.getId())
                        .size())
                .toList();
    }

    private Product existing() {
        return products.save(new Product("old"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void innerTransactionFails_andIsCaught_thePayloadSaysSo(boolean withFile) throws Exception {
        JsonNode payload = data("mutation { saveProduct(input: {name: \"bad\"" + image(withFile)
                + "}) { product { id } userErrors } }");

        assertThat(payload.path("product").isNull()).isTrue();
        assertThat(payload.at("/userErrors/0").asString()).isEqualTo("no product is called bad");
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void transactionIsMarkedForRollback_thePayloadStands(boolean withFile) throws Exception {
        JsonNode payload = data(
                "mutation { tryProduct(input: {name: \"one\"" + image(withFile) + "}) { product { id } userErrors } }");

        assertThat(payload.at("/userErrors/0").asString()).isEqualTo("only tried");
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void severalRecords_oneIsRefused_theOthersAreThereWithTheirFiles(boolean withFile) throws Exception {
        String one = "{name: \"one\"" + image(withFile) + "}";
        String bad = "{name: \"bad\"" + image(withFile) + "}";
        String two = "{name: \"two\"" + image(withFile) + "}";

        JsonNode payload = data("mutation { saveProducts(inputs: [" + one + "," + bad + "," + two
                + "]) { products { name image { byteSize } } userErrors } }");

        assertThat(payload.at("/products/0/name").asString()).isEqualTo("one");
        assertThat(payload.at("/products/1").isNull()).isTrue();
        assertThat(payload.at("/products/2/name").asString()).isEqualTo("two");
        assertThat(payload.at("/products/2/image").isNull()).isEqualTo(!withFile);
        assertThat(names()).containsExactly("one", "two");
        assertThat(images()).containsOnly(withFile ? 1 : 0);
    }

    @Test
    void recordBesideErrors_isNotGivenTheFile_whereWhenSaysSo() throws Exception {
        long id = existing().getId();

        JsonNode refused = data("mutation { changeProduct(id: " + id + ", input: {name: \"bad\"" + image(true)
                + "}) { product { name image { byteSize } } userErrors } }");

        assertThat(refused.at("/product/name").asString()).isEqualTo("old");
        assertThat(refused.at("/product/image").isNull()).isTrue();
        assertThat(images()).containsExactly(0);

        data("mutation { changeProduct(id: " + id + ", input: {name: \"new\"" + image(true)
                + "}) { product { name } userErrors } }");

        assertThat(names()).containsExactly("new");
        assertThat(images()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void versionIsAnother_theControllersHandlerSaysSo(boolean withFile) throws Exception {
        Product product = existing();

        JsonNode answer = run("mutation { renameProduct(id: " + product.getId() + ", version: 77, name: \"new\""
                + image(withFile) + ") { id } }");

        assertThat(answer.at("/errors/0/message").asString()).isEqualTo("changed by someone else");
        assertThat(names()).containsExactly("old");
        assertThat(images()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void versionIsTheSame_theChangeAndItsFileAreThere(boolean withFile) throws Exception {
        Product product = existing();

        JsonNode renamed = data("mutation { renameProduct(id: " + product.getId() + ", version: " + product.getVersion()
                + ", name: \"new\"" + image(withFile) + ") { version } }");

        assertThat(renamed.path("version").asLong()).isEqualTo(product.getVersion() + 1);
        assertThat(names()).containsExactly("new");
        assertThat(images()).containsExactly(withFile ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void commitFails_theControllersHandlerSaysSo(boolean withFile) throws Exception {
        JsonNode answer = run("mutation { createLate(name: \"one\"" + image(withFile) + ") { id } }");

        assertThat(answer.at("/errors/0/message").asString()).isEqualTo("refused at the commit");
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callbackBeforeTheCommitWrites_itIsKept_once(boolean withFile) throws Exception {
        data("mutation { createWithNote(name: \"one\"" + image(withFile) + ") { id } }");

        assertThat(names()).containsExactly("one");
        assertThat(images()).containsExactly(withFile ? 1 : 0);
        assertThat(attempts.findAll()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isolation_isAsAnnotated(boolean withFile) throws Exception {
        JsonNode product = data("mutation { createSerializable" + (withFile ? "(image: " + file("one") + ")" : "")
                + " { name image { byteSize } } }");

        assertThat(product.path("name").asString()).isEqualTo("isolation 8");
        assertThat(product.at("/image/byteSize").asInt()).isEqualTo(withFile ? 5 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mutationFailsAfterItsTransaction_whatThatHasCommittedStays(boolean withFile) throws Exception {
        JsonNode answer = run("mutation { createForbidden(name: \"one\"" + image(withFile) + ") { id } }");

        assertThat(answer.at("/errors/0/message").asString()).isEqualTo("forbidden");
        assertThat(attempts.findAll()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void entityIsChangedAfterItsTransaction_theChangeIsNotKept(boolean withFile) throws Exception {
        JsonNode product = data("mutation { shoutProduct(name: \"one\"" + image(withFile) + ") { name } }");

        assertThat(product.path("name").asString()).isEqualTo("one!");
        assertThat(names()).containsExactly("one");
        assertThat(images()).containsExactly(withFile ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mutationReadsAfterItHasWritten_theFileIsAttached(boolean withFile) throws Exception {
        data("mutation { createAndRead(name: \"one\"" + image(withFile) + ") { name } }");

        assertThat(names()).containsExactly("one");
        assertThat(images()).containsExactly(withFile ? 1 : 0);
    }

    @Test
    void severalMutationsInOneRequest_eachIsItsOwn() throws IOException, InterruptedException {
        JsonNode answer = run("mutation { a: createProduct(name: \"a\"" + image(true) + ") { id image { byteSize } }"
                + " b: createLate(name: \"b\"" + image(true) + ") { id }"
                + " c: createProduct(name: \"c\"" + image(true) + ") { id image { byteSize } } }");

        assertThat(answer.at("/data/a/image/byteSize").asInt()).isEqualTo(5);
        assertThat(answer.at("/data/b").isNull()).isTrue();
        assertThat(answer.at("/data/c/image/byteSize").asInt()).isEqualTo(5);
        assertThat(names()).containsExactly("a", "c");
    }
}
