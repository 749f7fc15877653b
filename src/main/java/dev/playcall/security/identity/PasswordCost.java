package dev.playcall.security.identity;

/**
 * What a hash costs whoever guesses passwords, and us: Argon2id with one lane.
 *
 * @param memory in KiB, at least 8
 * @param passes over this memory, at least 1
 */
public record PasswordCost(int memory, int passes) {
    /** What OWASP asks for: 19 MiB and two passes. */
    public static final PasswordCost RECOMMENDED = new PasswordCost(19_456, 2);
}
