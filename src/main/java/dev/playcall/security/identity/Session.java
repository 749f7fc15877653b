package dev.playcall.security.identity;

import java.time.Instant;

/**
 * One browser that is logged in.
 *
 * @param address where the login came from
 */
public record Session(Account account, Instant opened, Instant seen, Instant expires, String address) {}
