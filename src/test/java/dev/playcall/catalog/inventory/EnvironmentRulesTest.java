package dev.playcall.catalog.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code inventory/<env>/config.yml} may say, and what is wrong with it. */
class EnvironmentRulesTest {
    @TempDir
    Path home;

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    private Catalog read(String rules) throws IOException {
        write("config/playcall.yml", "access: { roles: { releaser: { includes: [operator] } } }\n");
        write("inventory/production/hosts.yml", "all: { hosts: { web-1: } }\n");
        Files.createDirectories(home.resolve("playbooks"));
        write("inventory/production/config.yml", rules);
        return new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), Clock.systemUTC()).current();
    }

    @Test
    void everythingThatHoldsThere() throws IOException {
        var catalog = read("""
            protected: true
            locks: { longest: 8h }
            policies:
              - { operations: [deploy], approvals: 2, roles: [releaser] }
            freezes:
              - { cron: "0 18 * * FRI", for: 60h, reason: weekend }
            bindings:
              - { role: releaser, people: ["slack:U1"], operations: [deploy] }
            """);
        assertThat(catalog.problems()).isEmpty();
        var rules = catalog.environment(new EnvironmentName("production"))
                .orElseThrow()
                .rules();
        assertThat(rules.apart()).isTrue();
        assertThat(rules.longestLock()).contains(Duration.ofHours(8));
        assertThat(rules.policies().getFirst().roles()).containsExactly("releaser");
        assertThat(rules.freezes()).hasSize(1);
        assertThat(rules.bindings().getFirst().reach().environments()).containsExactly("production");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policies: [ { roles: [relaeser] } ]          | policies[0].roles: there is no role \"relaeser\"; did"
                        + " you mean releaser?",
                "policies: [ { approvals: many } ]            | policies[0].approvals: \"many\" is not a number from 0"
                        + " to 20",
                "policies: [ { environments: [staging] } ]    | policies[0].environments: no such key",
                "policies: [ { expires: soon } ]              | policies[0].expires: \"soon\" is not a duration",
                "bindings: [ { role: oprator, people: '*' } ] | bindings[0].role: there is no role \"oprator\"",
                "bindings: [ { role: viewer, people: bob } ]  | bindings[0].people: \"bob\" is not a person",
                "bindings: [ { role: viewer, people: '*', environments: [x] } ] | bindings[0].environments: no such"
                        + " key",
                "locks: { longest: 0h }                       | locks.longest: \"0h\" is not a duration",
                "locks: { longst: 2h }                        | locks.longst: no such key; did you mean longest?",
                "freezes: [ { cron: '0 18 * * FRI' } ]        | freezes[0].reason: is required",
                "protected: perhaps                           | protected: \"perhaps\" is not true or false"
            })
    void aMistakeIsToldWithItsPlaceAndTheEnvironmentIsLeftOut(String rules, String problem) throws IOException {
        var catalog = read("# a comment\n" + rules + "\n");
        assertThat(catalog.problems())
                .anySatisfy(p -> assertThat(p)
                        .startsWith("inventory/production/config.yml:2")
                        .contains(problem));
        assertThat(catalog.environments()).isEmpty();
    }

    @Test
    void whatIsLeftOutIsToldOnce() throws IOException {
        read("protected: perhaps\n");
        List<String> told = new ArrayList<>();
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));
        var catalogs = new DiskCatalogs(config, clock, told::add);
        catalogs.current();
        write("inventory/production/hosts.yml", "all: { hosts: { web-1: , web-2: } }\n");
        clock.go(Duration.ofSeconds(1));
        catalogs.current();
        assertThat(told).singleElement().asString().contains("config.yml:1", "protected");
    }
}
