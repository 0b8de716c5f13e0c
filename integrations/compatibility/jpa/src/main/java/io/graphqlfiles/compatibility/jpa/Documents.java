package io.graphqlfiles.compatibility.jpa;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** Documents by their ids. */
public interface Documents extends JpaRepository<Document, UUID> {}
