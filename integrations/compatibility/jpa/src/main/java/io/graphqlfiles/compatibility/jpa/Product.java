package io.graphqlfiles.compatibility.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import org.springframework.dao.OptimisticLockingFailureException;

/** A record with a generated id and a version. */
@Entity
public class Product {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Version
    private long version;

    private String name;

    @Transient
    private Long seenVersion;

    protected Product() {}

    Product(String name) {
        this.name = name;
    }

    public Long getId() {
        return id;
    }

    public long getVersion() {
        return version;
    }

    public String getName() {
        return name;
    }

    void setSeenVersion(long seenVersion) {
        this.seenVersion = seenVersion;
    }

    /** When it is written, and no earlier, as a change of another process would be found. */
    @PreUpdate
    void requireSeenVersion() {
        if (seenVersion != null && seenVersion != version) {
            throw new OptimisticLockingFailureException("changed by someone else");
        }
    }

    void setName(String name) {
        this.name = name;
    }
}
