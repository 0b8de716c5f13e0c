package io.graphqlfiles.spring.app;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

/** A small application as a user of the starter would write it; tests add security and what else they need. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableMethodSecurity
@Import(RecordController.class)
public class RecordApplication {}
