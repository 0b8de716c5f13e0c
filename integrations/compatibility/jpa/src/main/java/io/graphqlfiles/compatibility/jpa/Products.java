package io.graphqlfiles.compatibility.jpa;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** Products by their ids. */
public interface Products extends JpaRepository<Product, Long> {

    /** With a lock until the end of the transaction; null if there is none. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from Product p where p.id = ?1")
    Product findByIdForUpdate(long id);
}
