package io.graphqlfiles.compatibility.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Deletes by cascades alone. */
@Service
@Transactional
public class CrateService {

    private final Crates crates;
    private final EntityManager entities;

    CrateService(Crates crates, EntityManager entities) {
        this.crates = crates;
        this.entities = entities;
    }

    /** A new crate with a bottle for each label. */
    public Crate pack(List<String> labels) {
        return crates.save(new Crate(labels.stream().map(Bottle::new).toList()));
    }

    /** New crates, all or none. */
    public List<Crate> packAll(List<List<String>> labels) {
        return labels.stream().map(this::pack).toList();
    }

    /** Keeps others from a bottle until the end of the transaction; false if there is none. */
    public boolean lockBottle(long id) {
        return entities.find(Bottle.class, id, LockModeType.PESSIMISTIC_WRITE) != null;
    }

    /** Deletes a crate, and the bottles in it. */
    public boolean delete(long id) {
        crates.delete(crates.findById(id).orElseThrow());
        return true;
    }

    /** Deletes a crate, and thinks better of it. */
    public boolean deleteAndFail(long id) {
        delete(id);
        crates.flush();
        throw new IllegalStateException("the crate stays");
    }

    /** Takes a bottle out, which is then no more. */
    public boolean take(long id, int place) {
        crates.findById(id).orElseThrow().bottles().remove(place);
        return true;
    }
}
