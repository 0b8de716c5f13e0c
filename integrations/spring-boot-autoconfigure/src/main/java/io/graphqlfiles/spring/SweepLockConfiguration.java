package io.graphqlfiles.spring;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sweeps by one node, where the application has a lock provider of ShedLock. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSingleCandidate(LockProvider.class)
class SweepLockConfiguration {

    static final String NAME = "graphql-files-sweep";

    /**
     * Kept for nine tenths of the interval after a sweep began, so that the others, whose turns are at other moments,
     * find it taken and the one that swept finds it free again. A node that dies with it is waited for one interval.
     */
    @Bean
    SweepLock graphQLFilesSweepLock(LockProvider provider, GraphQLFilesProperties properties) {
        Duration interval = properties.sweep().requireInterval();
        Duration atLeast = interval.multipliedBy(9).dividedBy(10);
        return sweep -> {
            Optional<SimpleLock> lock = provider.lock(new LockConfiguration(Instant.now(), NAME, interval, atLeast));
            if (lock.isEmpty()) {
                return;
            }
            try {
                sweep.run();
            } finally {
                lock.get().unlock();
            }
        };
    }
}
