package io.graphqlfiles.compatibility.persistence.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

// tag::repository
interface Products extends JpaRepository<Product, Long> {

    /** PostgreSQL's operators see the members: v, store, key, name, type, size, created. */
    @Query(value = "select * from product where manual ->> 'type' = :mimeType order by id", nativeQuery = true)
    List<Product> findByManualType(String mimeType);
}
// end::repository
