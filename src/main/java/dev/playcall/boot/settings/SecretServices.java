package dev.playcall.boot.settings;

import dev.playcall.config.Config;
import dev.playcall.runner.Redaction;
import dev.playcall.security.secret.Keyring;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretService;
import dev.playcall.store.Database;
import java.time.Clock;

/** The secrets of a configuration, and the redactor that knows them. */
public record SecretServices(SecretService vault, Redactor redactor) {

    /** Reads them; nothing may be said or written before. */
    public static SecretServices open(Config config, Database database, Clock clock) {
        var redactor = new Redactor(config.secrets());
        var master = System.getenv().getOrDefault(Keyring.MASTER, "");
        var keyring = new Keyring(config.paths().data().resolve("keys/secrets.json"), master);
        var secrets = new SecretService(database.secrets(), keyring, redactor, clock);
        secrets.open();
        return new SecretServices(secrets, redactor);
    }

    /** For what programs write. */
    public Redaction redaction() {
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
