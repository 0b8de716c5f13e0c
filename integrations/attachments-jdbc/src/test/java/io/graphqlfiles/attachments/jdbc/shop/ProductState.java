package io.graphqlfiles.attachments.jdbc.shop;

import java.util.List;
import java.util.Map;

/**
 * A product as clients see it.
 *
 * @param image name of the file; "" if there is none
 * @param gallery names of the files
 */
record ProductState(String name, String image, List<String> gallery) {

    static final String FIELDS = "id name image { id fileName } gallery { id fileName }";

    ProductState {
        gallery = List.copyOf(gallery);
    }

    @SuppressWarnings("unchecked")
    static ProductState of(Map<String, Object> product) {
        Map<String, Object> image = (Map<String, Object>) product.get("image");
        List<Map<String, Object>> gallery = (List<Map<String, Object>>) product.get("gallery");
        return new ProductState(
                (String) product.get("name"),
                image == null ? "" : (String) image.get("fileName"),
                gallery.stream().map(file -> (String) file.get("fileName")).toList());
    }

    /** In one line. Names hold neither blanks nor commas. */
    String toLine() {
        return name + "|" + image + "|" + String.join(",", gallery);
    }
}
