package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Origin;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.Authorizer.Decision;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Principal;
import dev.playcall.security.access.Target;
import dev.playcall.store.Database;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the decisions against a table that people can read: {@code src/test/resources/access/decisions.txt}. */
class DecisionTableTest {
    private static final Path TABLE = Path.of("src/test/resources/access/decisions.txt");
    private static final Path HOUSE = Path.of("src/test/resources/access/playcall.yml");

    @TempDir
    private Path home;

    /** One row of the table. */
    private record Row(Principal who, Permission what, Target on, boolean answer, String text) {
        static Row of(String line) {
            var c = line.split("\\s+", -1);
            var groups =
                    Stream.of(c[1].split(",", -1)).filter(g -> !g.equals("-")).collect(Collectors.toSet());
            return new Row(
                    new Principal(new Person(c[0]), groups, c[2]),
                    Permission.of(c[3]).orElseThrow(),
                    new Target(word(c[4]), word(c[5]), word(c[6]), ""),
                    c[7].equals("yes"),
                    line);
        }

        private static String word(String cell) {
            return cell.equals("-") ? "" : cell;
        }
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(l -> !l.isBlank() && !l.startsWith("#"))
                .map(Row::of)
                .toList();
    }

    private Authorizer authorizer() {
        var access = ConfigFile.load(home, Optional.of(HOUSE), Map.of()).access();
        return new Authorizer(access, false, List::of);
    }

    @Test
    void everyDecisionIsAsTheTableSays() throws IOException {
        var authorizer = authorizer();
        var rows = rows();
        assertThat(rows).hasSizeGreaterThan(200);
        assertThat(rows.stream().map(r -> r.what())).contains(Permission.values());
        assertThat(rows).allSatisfy(row -> {
            var decision = authorizer.decide(row.who(), row.what(), row.on());
            assertThat(decision instanceof Decision.Allowed).as(row.text()).isEqualTo(row.answer());
        });
    }

    @Test
    void theDeskStartsWhatTheTableAllowsAndNothingElse() throws IOException {
        for (var name : List.of("deploy", "provision", "migrate")) {
            write("playbooks/" + name + ".yml", "- hosts: all\n  tasks: []\n");
        }
        for (var name : List.of("production", "staging", "dev-7")) {
            write("inventory/" + name + "/hosts.yml", "all: { hosts: { web-1: } }\n");
        }
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var clock = Clock.systemUTC();
        try (var database = Database.open(config.store().url(), clock)) {
            var journal = new RunJournal(database.events(), clock);
            var rights = new Rights(authorizer(), new IdentityLinks(List.of(), database.links(), List::of, clock));
            var commands = new TestRouter(new DiskCatalogs(config, clock), journal, rights, MemorySecrets.emptyVault());
            var starts =
                    rows().stream().filter(r -> r.what() == Permission.START).toList();
            assertThat(starts).hasSizeGreaterThan(100);
            for (var row : starts) {
                int before = journal.read().queue().size();
                var reply = commands.handle(wish(row.on()), caller(row.who()));
                int more = journal.read().queue().size() - before;
                assertThat(more).as(row.text()).isEqualTo(row.answer() ? 1 : 0);
                assertThat(reply).as(row.text()).isInstanceOf(row.answer() ? Reply.Accepted.class : Reply.Denied.class);
            }
        }
    }

    private static StartCommand wish(Target on) {
        return new StartCommand(
                        on.operation(),
                        on.environment(),
                        on.operation().equals("play") ? Optional.of(on.playbook()) : Optional.empty(),
                        "",
                        List.of(),
                        false,
                        false,
                        Map.of(),
                        "",
                        "")
                .with(Optional.of(AdhocTask.PING).filter(_ -> on.operation().equals("adhoc")));
    }

    private static Caller caller(Principal who) {
        return new Caller(who.person(), Origin.of(who.channel()), Set.copyOf(who.groups()));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }
}
