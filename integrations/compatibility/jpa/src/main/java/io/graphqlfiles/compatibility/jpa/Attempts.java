package io.graphqlfiles.compatibility.jpa;

import org.springframework.data.jpa.repository.JpaRepository;

/** What was tried. */
public interface Attempts extends JpaRepository<Attempt, Long> {}
