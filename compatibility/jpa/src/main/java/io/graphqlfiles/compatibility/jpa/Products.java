package io.graphqlfiles.compatibility.jpa;

import org.springframework.data.jpa.repository.JpaRepository;

/** Products by their ids. */
public interface Products extends JpaRepository<Product, Long> {}
