package io.graphqlfiles.compatibility.jpa;

import java.util.UUID;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** Records with keys that are no numbers. */
@Controller
public class KeyController {

    private final Articles articles;
    private final Documents documents;

    KeyController(Articles articles, Documents documents) {
        this.articles = articles;
        this.documents = documents;
    }

    @MutationMapping
    Article createArticle(@Argument String sku) {
        return articles.save(new Article(sku));
    }

    @MutationMapping
    boolean deleteArticle(@Argument String sku) {
        return articles.deleteBySku(sku) == 1;
    }

    /** Answers with the key that the record has. */
    @MutationMapping
    String removeArticle(@Argument String sku) {
        String key = articles.findById(sku).map(Article::getSku).orElse(null);
        articles.deleteBySku(sku);
        return key;
    }

    @MutationMapping
    Document createDocument() {
        return documents.save(new Document());
    }

    @MutationMapping
    boolean deleteDocument(@Argument UUID id) {
        if (!documents.existsById(id)) {
            return false;
        }
        documents.deleteById(id);
        return true;
    }
}
