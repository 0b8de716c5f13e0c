package io.graphqlfiles.spi;

/** Text that stores keep and serve as the value of an HTTP header. */
final class HeaderText {

    private HeaderText() {}

    /**
     * @throws IllegalArgumentException if it is empty or holds anything but printable ASCII: a line break would begin
     *     another header
     */
    static void require(String name, String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)) {
            throw new IllegalArgumentException(name + ": expected printable ASCII, found something else or nothing");
        }
    }
}
