package dev.playcall.catalog.variable;

import java.util.Optional;

/**
 * Where the value of a secret variable comes from.
 *
 * @param name of the secret that is kept for it; without one it is the variable's own name where such a secret is kept,
 *     and asked for otherwise
 * @param environment whether it is put into the environment of Ansible instead of among its variables
 */
public record SecretSource(Optional<String> name, boolean environment) {
    /** {@code secret: true}. */
    public static final SecretSource ASKED = new SecretSource(Optional.empty(), false);
}
