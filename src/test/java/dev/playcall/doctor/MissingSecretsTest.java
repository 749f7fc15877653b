package dev.playcall.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.name.Person;
import dev.playcall.security.secret.SecretInfo;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says about secrets that nobody has set. */
class MissingSecretsTest {
    @TempDir
    Path home;

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    private static SecretInfo kept(String ref, SecretKind kind) {
        return new SecretInfo(SecretRef.parse(ref).orElseThrow(), kind, new Person("web:a"), Instant.EPOCH);
    }

    @Test
    void eachIsToldForEachEnvironmentWhereItIsMissing() throws IOException {
        write("inventory/production/hosts.yml", "all: { hosts: { a: } }\n");
        write("inventory/staging/hosts.yml", "all: { hosts: { b: } }\n");
        write("playbooks/deploy.yml", "- hosts: all\n");
        write(
                "playbooks/deploy.meta.yml",
                "variables:\n"
                        + "  t: { secret: { name: token } }\n"
                        + "  p: { secret: { name: db_password } }\n"
                        + "  asked: { secret: true }\n");
        var catalog = new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), Clock.systemUTC()).current();
        var lines = MissingSecrets.of(
                catalog,
                List.of(
                        kept("production/token", SecretKind.TEXT),
                        kept("global/db_password", SecretKind.SSH_KEY),
                        kept("staging/db_password", SecretKind.TEXT)));
        assertThat(lines)
                .containsExactly(
                        "production: missing secret db_password, which deploy needs"
                                + " (./playcall secret set db_password --env production)",
                        "staging: missing secret token, which deploy needs"
                                + " (./playcall secret set token --env staging)");
    }
}
