package io.graphqlfiles.compatibility.jpa;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;

/** A record whose parts go with it. */
@Entity
public class Crate {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
    @JoinColumn(name = "crate")
    private List<Bottle> bottles = new ArrayList<>();

    protected Crate() {}

    Crate(List<Bottle> bottles) {
        this.bottles.addAll(bottles);
    }

    public Long getId() {
        return id;
    }

    List<Bottle> bottles() {
        return bottles;
    }
}
