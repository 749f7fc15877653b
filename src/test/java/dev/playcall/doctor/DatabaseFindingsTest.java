package dev.playcall.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFindingsTest {
    @TempDir
    Path home;

    private static RegisteredHost host(String name, Optional<String> key) {
        return new RegisteredHost(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                key,
                new TreeSet<>(),
                new TreeMap<>(),
                new Person("token:maker"),
                Instant.EPOCH);
    }

    @Test
    void aProxyThatNobodyNamedIsMissed() throws IOException {
        var unnamed = "server: { public_url: \"https://ops.example.com\" }\n"
                + "access: { bindings: [{ role: admin, people: [web:anna] }] }\n";
        assertThat(warnings(unnamed)).anyMatch(t -> t.contains("server.trusted_proxies names none"));
        assertThat(warnings(unnamed.replace(" }\nacc", ", trusted_proxies: [127.0.0.1] }\nacc")))
                .noneMatch(t -> t.contains("trusted_proxies"));
    }

    private List<String> warnings(String settings) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("inventory"));
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("config/playcall.yml"), settings);
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        return new DatabaseFindings(config, new DiskCatalogs(config, Clock.systemUTC()), Clock.systemUTC())
                .all().stream().map(f -> f.text()).toList();
    }

    @Test
    void registeredHostsAreHeldAgainstTheFileAndTheKeys() throws IOException {
        Files.createDirectories(home.resolve("inventory/prod"));
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("inventory/prod/hosts.yml"), "all: { hosts: { h1: } }\n");
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        try (var database = Database.open(config.store().url(), Clock.systemUTC())) {
            var prod = new EnvironmentName("prod");
            database.hosts().put(prod, host("h1", Optional.empty()), Optional.empty());
            database.hosts().put(prod, host("vm-1", Optional.of("fleet")), Optional.empty());
        }
        var catalogs = new DiskCatalogs(config, Clock.systemUTC());
        assertThat(new DatabaseFindings(config, catalogs, Clock.systemUTC()).all())
                .extracting(f -> f.level() + " " + f.text())
                .anyMatch(t -> t.startsWith("WARNING prod: h1 stands here and is registered as well")
                        && t.endsWith("./playcall host unregister prod h1"))
                .anyMatch(t -> t.startsWith("ERROR vm-1 is registered in prod with the private key fleet")
                        && t.endsWith("./playcall secret set fleet --env prod --kind ssh_key"));
    }
}
