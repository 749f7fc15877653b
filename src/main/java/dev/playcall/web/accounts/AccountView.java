package dev.playcall.web.accounts;

import java.util.List;

/**
 * What belongs to whoever is logged in.
 *
 * @param secrets whether they may handle secrets of playbooks
 * @param secret of the token that was just made, empty otherwise
 * @param wrong why something was not done
 * @param done what was done
 */
record AccountView(
        String name,
        boolean admin,
        boolean secrets,
        List<TokenRow> tokens,
        List<String> scopes,
        List<SessionRow> sessions,
        String secret,
        String wrong,
        String done) {
    public AccountView {
        tokens = List.copyOf(tokens);
        scopes = List.copyOf(scopes);
        sessions = List.copyOf(sessions);
    }
}
