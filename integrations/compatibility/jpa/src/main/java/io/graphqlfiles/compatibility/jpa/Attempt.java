package io.graphqlfiles.compatibility.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

/** What somebody tried to do: kept, whatever became of it. */
@Entity
public class Attempt {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String what;

    protected Attempt() {}

    Attempt(String what) {
        this.what = what;
    }

    public Long getId() {
        return id;
    }

    public String getWhat() {
        return what;
    }
}
