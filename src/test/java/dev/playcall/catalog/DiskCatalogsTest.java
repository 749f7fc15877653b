package dev.playcall.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCatalogsTest {
    @TempDir
    Path home;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

    @BeforeEach
    void makeFolders() throws IOException {
        write("inventory/production/hosts.yml", "all: { children: { web: { hosts: { web-1: , web-2: } } } }\n");
        write("playbooks/deploy.yml", "- hosts: web\n");
    }

    private Path write(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private DiskCatalogs catalogs() {
        return new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), clock);
    }

    private Catalog read() {
        return catalogs().current();
    }

    private void allow(String path, String rights) throws IOException {
        Files.setPosixFilePermissions(home.resolve(path), PosixFilePermissions.fromString(rights));
    }

    private static List<String> names(Catalog catalog) {
        return catalog.environments().keySet().stream()
                .map(EnvironmentName::value)
                .toList();
    }

    private static List<String> playbooks(Catalog catalog) {
        return catalog.playbooks().keySet().stream().map(PlaybookName::value).toList();
    }

    @Test
    void offersWhatIsThere() {
        var catalog = read();
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.environment(new EnvironmentName("production"))).hasValueSatisfying(e -> {
            assertThat(e.hosts()).containsExactly("web-1", "web-2");
            assertThat(e.groups()).isEqualTo(Map.of("web", List.of("web-1", "web-2")));
            assertThat(e.hostsFile()).isEqualTo(home.resolve("inventory/production/hosts.yml"));
        });
        assertThat(playbooks(catalog)).containsExactly("deploy");
        assertThat(catalog.operations().keySet())
                .containsExactly(Operation.ADHOC, Operation.DEPLOY, Operation.PING, Operation.PLAY, Operation.VALIDATE);
    }

    @Test
    void brokenThingsAreNotOfferedAndToldAllAtOnce() throws IOException {
        write("inventory/broken/hosts.yml", "all:\n  hots:\n    a:\n  hosts:\n    \"b c\":\n    d[1:]:\n");
        write("inventory/empty/group_vars/all.yml", "x: 1\n");
        write("inventory/.hidden/hosts.yml", "all: {}\n");
        write("inventory/bad name/hosts.yml", "all: {}\n");
        write("playbooks/update.yml", "- hosts: all\n");
        write("playbooks/update.meta.yml", "titel: x\ntimeout: soon\n");
        write("playbooks/deplyo.meta.yml", "title: x\n");
        var catalog = read();
        assertThat(names(catalog)).containsExactly("production");
        assertThat(playbooks(catalog)).containsExactly("deploy");
        assertThat(catalog.problems())
                .containsExactly(
                        "inventory/bad name: is not a name for an environment (letters, digits and . _ - only)",
                        "inventory/empty: has no hosts.yml, hosts.ini, hosts or inventory file, so it is not an"
                                + " environment",
                        "inventory/broken/hosts.yml:2: \"hots\" means nothing in a group (hosts, children and vars do);"
                                + " did you mean hosts?",
                        "inventory/broken/hosts.yml:5: \"b c\" is not a host name (letters, digits and . _ - :) or a"
                                + " range of them (web[01:20])",
                        "inventory/broken/hosts.yml:6: \"d[1:]\" has a range that cannot be read (write web[01:20],"
                                + " db[a:f] or n[0:10:2])",
                        "playbooks/update.meta.yml:2: timeout: \"soon\" is not a duration (try 10m)",
                        "playbooks/update.meta.yml:1: titel: no such key; did you mean title?",
                        "playbooks/deplyo.meta.yml: describes deplyo.yml, which is not there; did you mean"
                                + " deploy.meta.yml?");
    }

    @Test
    void anInventoryThatIsAProgramIsNeverRun() throws IOException {
        var witness = home.resolve("witness");
        write("inventory/evil/hosts.yml", "#!/bin/sh\ntouch " + witness + "\n");
        allow("inventory/evil/hosts.yml", "rwxr-xr-x");
        var catalog = read();
        assertThat(names(catalog)).containsExactly("production");
        assertThat(catalog.problems())
                .containsExactly("inventory/evil/hosts.yml: is an inventory script, which is only executed when the"
                        + " configuration allows it: environments: { evil: { inventory: [inventory/evil], scripts:"
                        + " allow } }");
        assertThat(witness).doesNotExist();
    }

    @Test
    void anInventoryThatMayBeExecutedIsNoData() throws IOException {
        write("inventory/odd/hosts.yml", "all:\n  hosts:\n    a:\n");
        allow("inventory/odd/hosts.yml", "rwxr-xr-x");
        var catalog = read();
        assertThat(names(catalog)).containsExactly("production");
        assertThat(catalog.problems())
                .containsExactly(
                        "inventory/odd/hosts.yml: refused: it may be executed, and an inventory is data (chmod a-x "
                                + home.resolve("inventory/odd/hosts.yml") + ")");
    }

    @Test
    void whatEverybodyMayWriteIsRefused() throws IOException {
        write("inventory/a/hosts.yml", "all:\n");
        write("inventory/b/hosts.yml", "all:\n");
        write("inventory/c/hosts.yml", "all:\n");
        write("inventory/c/group_vars/all.yml", "x: 1\n");
        allow("inventory/a/hosts.yml", "rw-rw-rw-");
        allow("inventory/b", "rwxrwxrwx");
        allow("inventory/c/group_vars/all.yml", "rw-r--rw-");
        assertThat(names(read())).containsExactly("production");
        assertThat(read().problems())
                .hasSize(3)
                .allMatch(p ->
                        p.contains("refused: world-writable, so any user could change what is executed (chmod o-w "));

        allow("inventory", "rwxrwxrwx");
        assertThat(names(read())).isEmpty();
    }

    @Test
    void playbooksNearFilesThatEverybodyMayWriteAreRefused() throws IOException {
        write("playbooks/roles/web/tasks/main.yml", "[]\n");
        assertThat(playbooks(read())).containsExactly("deploy");
        allow("playbooks/roles/web/tasks/main.yml", "rw-rw-rw-");
        assertThat(playbooks(read())).isEmpty();
        allow("playbooks/roles/web/tasks/main.yml", "rw-r--r--");
        allow("playbooks", "rwxrwxrwx");
        assertThat(playbooks(read())).isEmpty();
        allow("playbooks", "rwxr-xr-x");
        allow("playbooks/deploy.yml", "rw-rw-rw-");
        assertThat(playbooks(read())).isEmpty();
        assertThat(read().problems()).hasSize(1);
    }

    @Test
    void linksThatLeadOutAreRefused() throws IOException {
        write("elsewhere/hosts.yml", "all: { hosts: { x: } }\n");
        write("elsewhere/evil.yml", "- hosts: all\n");
        Files.createDirectory(home.resolve("inventory/linked"));
        Files.createSymbolicLink(home.resolve("inventory/linked/hosts.yml"), home.resolve("elsewhere/hosts.yml"));
        Files.createSymbolicLink(home.resolve("inventory/whole"), home.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("inventory/gone"), home.resolve("nowhere"));
        Files.createSymbolicLink(home.resolve("inventory/same"), home.resolve("inventory/production"));
        Files.createSymbolicLink(home.resolve("playbooks/evil.yml"), home.resolve("elsewhere/evil.yml"));
        Files.createSymbolicLink(home.resolve("playbooks/lost.yml"), home.resolve("nowhere.yml"));
        Files.createSymbolicLink(home.resolve("playbooks/deploy.meta.yml"), home.resolve("elsewhere/hosts.yml"));
        Files.createSymbolicLink(home.resolve("playbooks/again.yml"), home.resolve("playbooks/deploy.yml"));
        var catalog = read();
        assertThat(names(catalog)).containsExactly("production", "same");
        assertThat(playbooks(catalog)).containsExactly("again");
        assertThat(catalog.problems())
                .containsExactlyInAnyOrder(
                        "inventory/gone: refused: it is a link that leads nowhere",
                        "inventory/linked/hosts.yml: refused: it is a link that leads out of inventory",
                        "inventory/whole: refused: it is a link that leads out of inventory",
                        "playbooks/deploy.meta.yml: refused: it is a link that leads out of playbooks",
                        "playbooks/evil.yml: refused: it is a link that leads out of playbooks",
                        "playbooks/lost.yml: refused: it is a link that leads nowhere");
    }

    @Test
    void changesAreSeenAfterHalfASecond() throws IOException {
        var catalogs = catalogs();
        var first = catalogs.current();
        write("inventory/staging/hosts.yml", "all: { hosts: { s-1: } }\n");
        assertThat(catalogs.current()).isSameAs(first);
        later();
        assertThat(names(catalogs.current())).containsExactly("production", "staging");
        var second = catalogs.current();
        later();
        assertThat(catalogs.current()).isSameAs(second);

        Files.delete(home.resolve("inventory/staging/hosts.yml"));
        later();
        assertThat(names(catalogs.current())).containsExactly("production");
        allow("inventory/production/hosts.yml", "rw-rw-rw-");
        later();
        assertThat(names(catalogs.current())).isEmpty();
    }

    @Test
    void anEditOfTheSameLengthIsSeen() throws IOException {
        var catalogs = catalogs();
        assertThat(catalogs.current().problems()).isEmpty();
        var file =
                write("inventory/production/hosts.yml", "all: { children: { web: { hosts: { web-1: , web-3: } } } }\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:09Z")));
        later();
        assertThat(catalogs.current().environments().values())
                .allMatch(e -> e.hosts().equals(List.of("web-1", "web-3")));
    }

    @Test
    void aStatusFileIsNoChange() throws IOException {
        var catalogs = catalogs();
        var first = catalogs.current();
        write("inventory/production/status.yml", "environment: production\n");
        later();
        assertThat(catalogs.current()).isSameAs(first);
    }

    @Test
    void aClockThatWasPutBackDoesNotStopTheReading() throws IOException {
        var catalogs = catalogs();
        assertThat(names(catalogs.current())).hasSize(1);
        write("inventory/staging/hosts.yml", "all:\n");
        now.updateAndGet(t -> t.minus(Duration.ofDays(1)));
        assertThat(names(catalogs.current())).hasSize(2);
    }

    private void later() {
        now.updateAndGet(t -> t.plusMillis(500));
    }

    @Test
    void manyMayAskAtOnce() throws Exception {
        var catalogs = catalogs();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Catalog>> asks = java.util.Collections.nCopies(200, catalogs::current);
            for (var answer : threads.invokeAll(asks)) {
                assertThat(names(answer.get())).containsExactly("production");
            }
        }
    }

    @Test
    void missingFoldersAreToldAndNotFatal() {
        var catalog =
                new DiskCatalogs(ConfigFile.load(home.resolve("empty"), Optional.empty(), Map.of()), clock).current();
        assertThat(catalog.environments()).isEmpty();
        assertThat(catalog.problems()).containsExactly("inventory: does not exist", "playbooks: does not exist");
    }
}
