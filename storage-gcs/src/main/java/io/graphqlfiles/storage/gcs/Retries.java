package io.graphqlfiles.storage.gcs;

import com.google.api.core.ApiClock;
import com.google.api.gax.retrying.ExponentialRetryAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.retrying.TimedAttemptSettings;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.time.Duration;

/** Repeats requests of our own as the vendor's client repeats its own: as often and as long as its settings say. */
final class Retries {

    private final RetrySettings settings;
    private final ApiClock clock;

    Retries(HttpStorageOptions options) {
        this.settings = options.getRetrySettings();
        this.clock = options.getClock();
    }

    /**
     * Sends a request until it succeeds, or fails with what no repetition helps against, or the time is over.
     *
     * @param request one attempt
     * @throws StorageException what the last attempt has failed with
     */
    <T> T call(Attempt<T> request) {
        ExponentialRetryAlgorithm timing = new ExponentialRetryAlgorithm(settings, clock);
        TimedAttemptSettings attempt = timing.createFirstAttempt();
        while (true) {
            try {
                return request.send();
            } catch (IOException e) {
                StorageException failure = StorageException.translate(e);
                attempt = timing.createNextAttempt(attempt);
                if (!Failures.isRepeatable(failure)
                        || !timing.shouldRetry(attempt)
                        || !sleep(attempt.getRandomizedRetryDelayDuration())) {
                    throw failure;
                }
            }
        }
    }

    /** Whether there was time for all of it: an interrupt ends it, and is left set. */
    private static boolean sleep(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One attempt of a request. */
    interface Attempt<T> {
        T send() throws IOException;
    }
}
