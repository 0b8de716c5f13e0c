package io.graphqlfiles.storage.s3;

import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** A request that a client only prepares, to be looked at. */
final class UnsentRequest {

    /** Longer than any machine takes to load the SDK. */
    private static final Duration NO_LIMIT = Duration.ofHours(1);

    private UnsentRequest() {}

    /**
     * Lifts the client's time limits, which are for requests that are sent: the first request of a process loads much
     * of the SDK, which may take longer on a machine that has a lot to do.
     */
    static AwsRequestOverrideConfiguration.Builder withoutTimeLimits(AwsRequestOverrideConfiguration.Builder request) {
        return request.apiCallTimeout(NO_LIMIT).apiCallAttemptTimeout(NO_LIMIT);
    }
}
