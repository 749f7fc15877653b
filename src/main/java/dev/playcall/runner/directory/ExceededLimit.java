package dev.playcall.runner.directory;

/**
 * The limit ({@code ansible.limits}) that a run has met.
 *
 * @param name as in the configuration: {@code memory}, {@code cpu}, {@code processes} or {@code open_files}
 * @param value in bytes, percent or as a number
 * @param each whether it holds for each process, and not for all of a run together
 */
public record ExceededLimit(String name, long value, boolean each) {}
