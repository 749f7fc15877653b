package dev.playcall.security.identity;

import java.util.Optional;

/**
 * Where a name and a password come from.
 *
 * @param browser what the browser kept of an earlier login, whoever's that was
 */
public record LoginSource(String address, Optional<Credential> browser) {}
