package io.graphqlfiles.maintenance;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a long call of {@link FileMaintenance} is, given to whoever wants to show it: at most five times a second,
 * one at a time, in any thread. Immutable.
 *
 * @param task what is done, in a few words, for example {@code migrate default}
 * @param done how many files, rows or blobs this call has finished
 * @param total how many it will be; null if that is not known
 * @param bytes how many bytes were copied; 0 where none are
 * @param totalBytes how many it will be; null if that is not known
 * @param elapsed since the task began
 */
public record MaintenanceProgress(
        String task,
        long done,
        @Nullable Long total,
        long bytes,
        @Nullable Long totalBytes,
        Duration elapsed) {

    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    public MaintenanceProgress {
        requireNonNull(task, "task");
        requireNonNull(elapsed, "elapsed");
    }

    /** How many were finished a second, on average; 0 at the beginning. */
    public double perSecond() {
        return perSecond(done);
    }

    /** How many bytes were copied a second, on average; 0 at the beginning. */
    public double bytesPerSecond() {
        return perSecond(bytes);
    }

    private double perSecond(long amount) {
        double seconds = elapsed.toNanos() / 1e9;
        return seconds <= 0 ? 0 : amount / seconds;
    }

    /** How long the rest will take at the same rate, to the second; null if the total or the rate is not known yet. */
    public @Nullable Duration timeLeft() {
        boolean isByBytes = totalBytes != null && totalBytes > 0;
        Long all = isByBytes ? totalBytes : total;
        double rate = isByBytes ? bytesPerSecond() : perSecond();
        if (all == null || rate <= 0) {
            return null;
        }
        return Duration.ofSeconds(Math.round(Math.max(0, all - (isByBytes ? bytes : done)) / rate));
    }

    /** One line: {@code migrate default: 1200 of 2000, 12.3 MB of 20.1 MB, 1.2 MB/s, 6s left}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(100).append(task).append(": ").append(done);
        if (total != null) {
            line.append(" of ").append(total);
        }
        if (bytes > 0 || totalBytes != null) {
            line.append(", ").append(size(bytes));
            if (totalBytes != null) {
                line.append(" of ").append(size(totalBytes));
            }
            line.append(", ").append(size(Math.round(bytesPerSecond()))).append("/s");
        } else {
            line.append(String.format(Locale.ROOT, ", %.0f/s", perSecond()));
        }
        Duration left = timeLeft();
        if (left != null) {
            line.append(", ").append(written(left)).append(" left");
        }
        return line.toString();
    }

    private static String size(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1000 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }

    private static String written(Duration time) {
        long hours = time.toHours();
        if (hours > 0) {
            return hours + "h " + time.toMinutesPart() + "m";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + "m " + time.toSecondsPart() + "s" : time.toSeconds() + "s";
    }
}
