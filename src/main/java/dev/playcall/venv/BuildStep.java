package dev.playcall.venv;

import java.time.Duration;

/**
 * A step in which an environment was made.
 *
 * @param name the program, {@code python3 -m venv}, or {@code checks}
 */
public record BuildStep(String name, Duration took) {}
