package io.graphqlfiles.compatibility.jpa;

import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Deletes by cascades alone. */
@Service
@Transactional
public class CrateService {

    private final Crates crates;

    CrateService(Crates crates) {
        this.crates = crates;
    }

    /** A new crate with a bottle for each label. */
    public Crate pack(List<String> labels) {
        return crates.save(new Crate(labels.stream().map(Bottle::new).toList()));
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
