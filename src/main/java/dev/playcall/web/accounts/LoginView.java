package dev.playcall.web.accounts;

/**
 * The login.
 *
 * @param next where to go afterwards
 * @param wrong why the last try did not do, empty at the first
 * @param open whether there is anybody who could log in
 */
record LoginView(String proof, String next, String name, String wrong, boolean open) {}
