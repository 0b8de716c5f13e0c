package io.graphqlfiles.spi.attachment;

/**
 * How many rows an {@link AttachmentStore} has in each state.
 *
 * @param attached how many are attached
 * @param backlog those that wait for something to be done
 */
public record AttachmentStatistics(long attached, AttachmentBacklog backlog) {}
