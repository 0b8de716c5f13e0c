package io.graphqlfiles.compatibility.jpa;

import org.springframework.data.jpa.repository.JpaRepository;

/** Crates by their ids. */
public interface Crates extends JpaRepository<Crate, Long> {}
