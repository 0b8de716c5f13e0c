package io.graphqlfiles.compatibility.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A record with a natural key, in a column that knows no case. */
@Entity
public class Article {

    @Id
    @Column(columnDefinition = "varchar_ignorecase(40)")
    private String sku;

    protected Article() {}

    Article(String sku) {
        this.sku = sku;
    }

    public String getSku() {
        return sku;
    }
}
