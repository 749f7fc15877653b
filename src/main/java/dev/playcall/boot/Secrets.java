package dev.playcall.boot;

import dev.playcall.config.Config;
import dev.playcall.runner.Redaction;
import dev.playcall.security.Keyring;
import dev.playcall.security.Redactor;
import dev.playcall.security.Vault;
import dev.playcall.store.Database;
import java.time.Clock;

/** The secrets of a configuration, and the redactor that knows them. */
record Secrets(Vault vault, Redactor redactor) {

    /** Reads them; nothing may be said or written before. */
    static Secrets open(Config config, Database database, Clock clock) {
        var redactor = new Redactor(config.secrets());
        var master = System.getenv().getOrDefault(Keyring.MASTER, "");
        var keyring = new Keyring(config.paths().data().resolve("keys/secrets.json"), master);
        var vault = new Vault(database.secrets(), keyring, redactor, clock);
        vault.open();
        return new Secrets(vault, redactor);
    }

    /** For what programs write. */
    Redaction redaction() {
        return new Redaction() {
            @Override
            public byte[] redact(byte[] text) {
                return redactor.redact(text);
            }

            @Override
            public int settled(byte[] text) {
                return redactor.settled(text);
            }
        };
    }
}
