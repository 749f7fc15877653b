package dev.playcall.web.settings;

import java.util.List;

/**
 * The secrets that whoever looks may handle.
 *
 * @param scopes where they may set one
 * @param wrong why something was not done
 * @param done what was done
 */
record SecretsView(List<SecretRow> secrets, List<String> scopes, List<String> kinds, String wrong, String done) {
    public SecretsView {
        secrets = List.copyOf(secrets);
        scopes = List.copyOf(scopes);
        kinds = List.copyOf(kinds);
    }
}
