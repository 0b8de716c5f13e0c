package io.graphqlfiles.compatibility.clouds;

/** A mutation with a picture of one pixel. */
final class Upload {

    static final String DOCUMENT = """
            mutation {
              createProduct(name: "Cup", image: {fileName: "cup.png", base64:
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="}) {
                image { mimeType url }
              }
            }
            """;

    private Upload() {}
}
