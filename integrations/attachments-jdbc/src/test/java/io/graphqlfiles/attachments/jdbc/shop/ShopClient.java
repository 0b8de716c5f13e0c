package io.graphqlfiles.attachments.jdbc.shop;

import graphql.ExecutionResult;
import io.graphqlfiles.Attachments;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Creates, changes and deletes products of its own by chance, and tells before and after each what it is about. */
final class ShopClient {

    private static final int MAX_PRODUCTS = 4;

    /** Is told what the client tries, and how it was answered. */
    interface Journal {

        /** The state that the product will have; "" if it is to be gone. */
        void trying(String id, String state);

        /** The server has answered that it is so. */
        void answered(String id, String state);

        /** The server has answered with an error. */
        void refused(String id, String message);
    }

    private final Shop shop;
    private final String name;
    private final String run;
    private final Random random;
    private final Journal journal;
    private final Map<String, Map<String, Object>> products = new TreeMap<>();
    private int counter;

    /**
     * A client that goes on with the products that it finds.
     *
     * @param name what the ids of its products start with
     * @param run part of all names that it gives, so that none comes twice
     */
    ShopClient(Shop shop, String name, String run, long seed, Journal journal) {
        this.shop = shop;
        this.name = name;
        this.random = new Random(seed);
        this.journal = journal;
        this.run = run;
    }

    @SuppressWarnings("unchecked")
    void look() {
        ExecutionResult result = shop.execute("{ products { " + ProductState.FIELDS + " } }", Map.of());
        requireData(result);
        products.clear();
        for (Map<String, Object> product :
                ((Map<String, List<Map<String, Object>>>) result.getData()).get("products")) {
            String id = (String) product.get("id");
            if (id.startsWith(name)) {
                products.put(id, product);
            }
        }
    }

    /** One thing or another. */
    void act() {
        int dice = random.nextInt(100);
        if (products.isEmpty() || (dice < 30 && products.size() < MAX_PRODUCTS)) {
            create();
        } else {
            List<String> ids = List.copyOf(products.keySet());
            String id = ids.get(random.nextInt(ids.size()));
            if (shop.keepsAndReviews() && dice % 5 == 0) {
                restore(id);
            } else if (dice < 42) {
                delete(id);
            } else if (dice < 50) {
                fail(id);
            } else {
                update(id);
            }
        }
    }

    /** Brings back an image that was replaced. */
    private void restore(String id) {
        List<Attachments.Restorable> lost = shop.files().attachments().restorable("Product.image", id);
        if (lost.isEmpty()) {
            return;
        }
        StoredFile image = lost.get(random.nextInt(lost.size())).file();
        ProductState present = ProductState.of(products.get(id));
        String target = new ProductState(present.name(), image.fileName(), present.gallery()).toLine();
        journal.trying(id, target);
        boolean isRestored;
        try {
            isRestored = shop.files().attachments().restore("Product.image", id, image.id());
        } catch (AttachmentConflictException e) {
            isRestored = false; // a sweep came first
        }
        if (isRestored) {
            journal.answered(id, target);
        }
        look();
    }

    private void create() {
        String id = name + "-" + run + "-" + counter++;
        Map<String, Object> input = new LinkedHashMap<>();
        String image = "";
        List<String> gallery = List.of();
        input.put("name", fresh("n"));
        if (random.nextBoolean()) {
            image = fresh("i");
            input.put("image", ShopFiles.input(image));
        }
        if (random.nextBoolean()) {
            gallery = List.of(fresh("g"), fresh("g"));
            input.put("gallery", Map.of("set", inputs(gallery)));
        }
        ProductState target = new ProductState((String) input.get("name"), image, gallery);
        send("createProduct", id, input, target.toLine());
    }

    private void update(String id) {
        ProductState present = ProductState.of(products.get(id));
        Map<String, Object> input = new LinkedHashMap<>();
        String image = present.image();
        List<String> gallery = present.gallery();
        input.put("name", fresh("n"));
        switch (random.nextInt(4)) {
            case 0 -> {
                image = "";
                input.put("image", null);
            }
            case 1, 2 -> {
                image = fresh("i");
                input.put("image", ShopFiles.input(image));
            }
            default -> {}
        }
        switch (random.nextInt(6)) {
            case 0 -> {
                gallery = List.of(fresh("g"));
                input.put("gallery", Map.of("set", inputs(gallery)));
            }
            case 1 -> {
                gallery = List.of();
                input.put("gallery", Map.of("set", List.of()));
            }
            case 2, 3, 4 -> gallery = edit(products.get(id), input);
            default -> {}
        }
        send("updateProduct", id, input, new ProductState((String) input.get("name"), image, gallery).toLine());
    }

    /** Takes one out, turns the others round, adds one. */
    @SuppressWarnings("unchecked")
    private List<String> edit(Map<String, Object> product, Map<String, Object> input) {
        List<Map<String, Object>> files = new ArrayList<>((List<Map<String, Object>>) product.get("gallery"));
        Map<String, Object> edit = new LinkedHashMap<>();
        if (!files.isEmpty() && random.nextBoolean()) {
            edit.put(
                    "remove", List.of(files.remove(random.nextInt(files.size())).get("id")));
        }
        if (!files.isEmpty() && random.nextBoolean()) {
            Collections.reverse(files);
            edit.put("order", files.stream().map(file -> file.get("id")).toList());
        }
        List<String> added = files.size() < 6 ? List.of(fresh("g")) : List.of();
        edit.put("append", inputs(added));
        input.put("gallery", edit);
        return Stream.concat(files.stream().map(file -> (String) file.get("fileName")), added.stream())
                .toList();
    }

    /** A change that the application itself refuses, after it has written its record. */
    private void fail(String id) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", Shop.FAILS + fresh("n"));
        input.put("image", ShopFiles.input(fresh("i")));
        input.put("gallery", Map.of("set", inputs(List.of(fresh("g")))));
        ExecutionResult result = shop.execute(
                "mutation($id: ID!, $product: ProductInput!) { updateProduct(id: $id, product: $product) { id } }",
                Map.of("id", id, "product", input));
        if (result.getErrors().isEmpty()) {
            throw new IllegalStateException("expected a failure of the application, found " + result);
        }
    }

    @SuppressWarnings("unchecked")
    private void send(String mutation, String id, Map<String, Object> input, String target) {
        journal.trying(id, target);
        ExecutionResult result = shop.execute(
                "mutation($id: ID!, $product: ProductInput!) { " + mutation + "(id: $id, product: $product) { "
                        + ProductState.FIELDS + " } }",
                Map.of("id", id, "product", input));
        if (result.getErrors().isEmpty()) {
            Map<String, Object> product = ((Map<String, Map<String, Object>>) result.getData()).get(mutation);
            journal.answered(id, ProductState.of(product).toLine());
            products.put(id, product);
        } else {
            journal.refused(id, result.getErrors().toString());
            // It may have been done all the same, with only the answer lost.
            look();
        }
    }

    private void delete(String id) {
        journal.trying(id, "");
        ExecutionResult result = shop.execute("mutation($id: ID!) { deleteProduct(id: $id) }", Map.of("id", id));
        if (result.getErrors().isEmpty()) {
            journal.answered(id, "");
            products.remove(id);
        } else {
            journal.refused(id, result.getErrors().toString());
            look();
        }
    }

    private String fresh(String kind) {
        return kind + "-" + name + "-" + run + "-" + counter++ + ".txt";
    }

    private static List<Object> inputs(List<String> names) {
        return names.stream().<Object>map(ShopFiles::input).toList();
    }

    private static void requireData(ExecutionResult result) {
        if (!result.getErrors().isEmpty()) {
            throw new IllegalStateException(result.getErrors().toString());
        }
    }
}
