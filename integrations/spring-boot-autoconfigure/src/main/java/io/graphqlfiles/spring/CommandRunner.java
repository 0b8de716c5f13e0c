package io.graphqlfiles.spring;

import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;

/** Runs a command that this process is there for; nothing is swept or reviewed beside it. */
interface CommandRunner extends ApplicationRunner, Ordered {}
