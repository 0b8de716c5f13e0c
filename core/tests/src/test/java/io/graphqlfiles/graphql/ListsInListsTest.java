package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.schema.DataFetcher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Orders with lines that have files: inputs in lists go with records in lists, at every level. */
class ListsInListsTest {

    private static final String SDL = """
            type Order { id: ID! lines: [OrderLine] mainLine: OrderLine invoice: StoredFile @file }
            type OrderLine { id: ID! attachment: StoredFile @file photos: [StoredFile!] @file }
            type OrderPayload { order: Order }
            type OrdersPayload { orders: [Order] }
            type Shipment { id: ID! orders: [Order] }
            input OrderInput { lines: [LineInput!] invoice: StoredFileInput @file(field: "Order.invoice") }
            input LineInput {
              attachment: StoredFileInput @file(field: "OrderLine.attachment")
              photos: [StoredFileInput!] @file(field: "OrderLine.photos")
            }
            input MainLineInput { mainLine: LineInput }
            input ShipmentInput { orders: [OrderInput!] }
            extend type Mutation {
              createOrder(input: OrderInput!): Order
              createOrderPayload(input: OrderInput!): OrderPayload
                @attachesFiles(of: "OrderLine", owner: "order.lines")
              createOrders(orders: [OrderInput!]!): [Order]
              createOrdersPayload(orders: [OrderInput!]!): OrdersPayload
              createMainLines(orders: [MainLineInput!]!): [Order]
              createGrid(lines: [[LineInput]]): [[OrderLine]]
              createShipments(shipments: [ShipmentInput!]!): [Shipment]
                @attachesFiles(of: "OrderLine", owner: "orders.lines")
              setAttachments(orders: [OrderLinesInput!]!): Boolean
                @attachesFiles(of: "OrderLine", id: "orders.lines.id")
            }
            input OrderLinesInput { lines: [LineWithIdInput!]! }
            input LineWithIdInput { id: ID! attachment: StoredFileInput @file(field: "OrderLine.attachment") }
            """;

    private final Shop shop = new Shop();

    private static Map<String, Object> order(String id, Object... lines) {
        return Map.of("id", id, "lines", Arrays.asList(lines));
    }

    private static Map<String, Object> line(String id) {
        return Map.of("id", id);
    }

    private ExecutionResult execute(String mutation, String arguments, DataFetcher<?> fetcher) {
        shop.catalogue.sdl(Shop.SDL + SDL);
        shop.mutation(mutation, fetcher);
        return shop.execute("mutation { " + mutation + "(" + arguments + ")"
                + (mutation.startsWith("set") ? "" : " { __typename }") + " }");
    }

    private static String line(String name, String more) {
        return "{attachment: {base64: \"" + Catalogue.base64(name) + "\"}" + more + "}";
    }

    private List<String> contents(String field, String id) {
        return shop.files().attachments().list(field, id).stream()
                .map(file -> new String(shop.catalogue.store.bytes(file.key()), StandardCharsets.UTF_8))
                .toList();
    }

    private void assertAttached(String... linesAndContents) {
        for (int i = 0; i < linesAndContents.length; i += 2) {
            assertThat(contents("OrderLine.attachment", linesAndContents[i]))
                    .as("line %s", linesAndContents[i])
                    .containsExactly(linesAndContents[i + 1]);
        }
    }

    @Test
    void linesOfAnOrder() {
        ExecutionResult result = execute(
                "createOrder",
                "input: {lines: [" + line("a", ", photos: [{base64: \"QQ==\"}, {base64: \"Qg==\"}]") + ", {}, "
                        + line("c", "") + "], invoice: {base64: \"SQ==\"}}",
                environment -> order("o", line("1"), line("2"), line("3")));

        assertThat(result.getErrors()).isEmpty();
        assertAttached("1", "a", "3", "c");
        assertThat(contents("OrderLine.photos", "1")).containsExactly("A", "B");
        assertThat(contents("Order.invoice", "o")).containsExactly("I");
        shop.assertTidy(5);
    }

    @Test
    void linesOfAnOrderInAPayload() {
        ExecutionResult result = execute(
                "createOrderPayload",
                "input: {lines: [" + line("a", "") + "], invoice: {base64: \"SQ==\"}}",
                environment -> Map.of("order", order("o", line("1"))));

        assertThat(result.getErrors()).isEmpty();
        assertAttached("1", "a");
        assertThat(contents("Order.invoice", "o")).containsExactly("I");
        shop.assertTidy(2);
    }

    private static final String TWO_ORDERS = "orders: [{lines: [" + line("a", "") + ", " + line("b", "")
            + "], invoice: {base64: \"SQ==\"}}, {}, {lines: [" + line("c", "") + "]}]";

    @Test
    void linesOfOrders() {
        ExecutionResult result = execute(
                "createOrders",
                TWO_ORDERS,
                environment -> List.of(order("o1", line("1"), line("2")), order("o2"), order("o3", line("3"))));

        assertThat(result.getErrors()).isEmpty();
        assertAttached("1", "a", "2", "b", "3", "c");
        assertThat(contents("Order.invoice", "o1")).containsExactly("I");
        shop.assertTidy(4);
    }

    @Test
    void linesOfOrdersInAPayload() {
        ExecutionResult result = execute(
                "createOrdersPayload",
                TWO_ORDERS,
                environment -> Map.of(
                        "orders", List.of(order("o1", line("1"), line("2")), order("o2"), order("o3", line("3")))));

        assertThat(result.getErrors()).isEmpty();
        assertAttached("1", "a", "2", "b", "3", "c");
        shop.assertTidy(4);
    }

    @Test
    void orderAndLineThatWereRefused_takeNoFiles() {
        ExecutionResult result = execute(
                "createOrders",
                TWO_ORDERS,
                environment -> Arrays.asList(order("o1", null, line("2")), order("o2"), null));

        assertThat(result.getErrors()).isEmpty();
        assertAttached("2", "b");
        shop.assertTidy(2);
    }

    @Test
    void oneLineLessThanInputs_isAnErrorAndNothingIsLeft() {
        ExecutionResult result = execute(
                "createOrders",
                TWO_ORDERS,
                environment -> List.of(order("o1", line("1")), order("o2"), order("o3", line("3"))));

        assertThat(result.getErrors()).isNotEmpty();
        shop.assertTidy(0);
    }

    @Test
    void oneLineOfEachOrder() {
        ExecutionResult result = execute(
                "createMainLines",
                "orders: [{mainLine: " + line("a", "") + "}, {mainLine: " + line("b", "") + "}]",
                environment ->
                        List.of(Map.of("id", "o1", "mainLine", line("1")), Map.of("id", "o2", "mainLine", line("2"))));

        assertThat(result.getErrors()).isEmpty();
        assertAttached("1", "a", "2", "b");
        shop.assertTidy(2);
    }

    @Test
    void listsWithoutObjectsBetween() {
        ExecutionResult result = execute(
                "createGrid",
                "lines: [[" + line("a", "") + ", null], [], [" + line("b", "") + "]]",
                environment -> List.of(Arrays.asList(line("1"), null), List.of(), List.of(line("2"))));

        assertThat(result.getErrors()).isEmpty();
        assertAttached("1", "a", "2", "b");
        shop.assertTidy(2);
    }

    @Test
    void threeListsInEachOther() {
        ExecutionResult result = execute(
                "createShipments",
                "shipments: [{" + TWO_ORDERS.replace(", invoice: {base64: \"SQ==\"}", "") + "}, {orders: [{lines: ["
                        + line("d", "") + "]}]}]",
                environment -> List.of(
                        Map.of(
                                "id",
                                "s1",
                                "orders",
                                List.of(order("o1", line("1"), line("2")), order("o2"), order("o3", line("3")))),
                        Map.of("id", "s2", "orders", List.of(order("o4", line("4"))))));

        assertThat(result.getErrors()).isEmpty();
        assertAttached("1", "a", "2", "b", "3", "c", "4", "d");
        shop.assertTidy(4);
    }

    @Test
    void idsInTheInputs() {
        ExecutionResult result = execute(
                "setAttachments",
                "orders: [{lines: [{id: \"1\", attachment: {base64: \"QQ==\"}}, {id: \"2\"}]},"
                        + " {lines: [{id: \"3\", attachment: {base64: \"Qg==\"}}]}]",
                environment -> true);

        assertThat(result.getErrors()).isEmpty();
        assertAttached("1", "A", "3", "B");
        shop.assertTidy(2);
    }

    /** It may go to the database for them. */
    @Test
    void linesOfAnOrder_areAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        shop.catalogue.wiring(wiring -> wiring.type(
                "Order",
                type -> type.dataFetcher("lines", environment -> {
                    asked.incrementAndGet();
                    return List.of(line("1"), line("2"), line("3"));
                })));

        ExecutionResult result = execute(
                "createOrder",
                "input: {lines: [" + line("a", "") + ", " + line("b", "") + ", " + line("c", "") + "]}",
                environment -> Map.of("id", "o"));

        assertThat(result.getErrors()).isEmpty();
        assertAttached("1", "a", "2", "b", "3", "c");
        assertThat(asked).hasValue(1);
    }
}
