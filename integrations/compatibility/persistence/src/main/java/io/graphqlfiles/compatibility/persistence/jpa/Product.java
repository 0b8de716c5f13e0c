package io.graphqlfiles.compatibility.persistence.jpa;

import io.graphqlfiles.StoredFile;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

// tag::entity
@Entity
public class Product {

    @Id
    @GeneratedValue
    private Long id;

    private String name;

    /** Text. */
    private StoredFile image;

    /** JSON: jsonb on PostgreSQL. */
    @JdbcTypeCode(SqlTypes.JSON)
    private StoredFile manual;

    /** A JSON array. */
    @JdbcTypeCode(SqlTypes.JSON)
    private List<StoredFile> gallery = new ArrayList<>();

    // end::entity

    protected Product() {}

    Product(String name, StoredFile image, StoredFile manual, List<StoredFile> gallery) {
        this.name = name;
        this.image = image;
        this.manual = manual;
        this.gallery = gallery;
    }

    public Long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public StoredFile getImage() {
        return image;
    }

    public StoredFile getManual() {
        return manual;
    }

    public List<StoredFile> getGallery() {
        return gallery;
    }
}
