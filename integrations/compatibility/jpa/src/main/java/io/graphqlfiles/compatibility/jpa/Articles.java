package io.graphqlfiles.compatibility.jpa;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

/** Articles by their keys. */
public interface Articles extends JpaRepository<Article, String> {

    /** Deletes what the database takes for this key. */
    @Modifying
    @Transactional
    @Query("delete from Article a where a.sku = :sku")
    int deleteBySku(String sku);
}
