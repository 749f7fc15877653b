package dev.playcall.catalog.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.playcall.catalog.Tags;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentRules;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.domain.agent.AgentState;
import dev.playcall.domain.agent.HostAgent;
import dev.playcall.domain.agent.UnknownServer;
import dev.playcall.domain.name.EnvironmentName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final Environment PRODUCTION = environment(
            List.of("web-2", "web-1", "db-1", "2001:db8::1"),
            Map.of("web", List.of("web-2", "web-1"), "db", List.of("db-1"), "ungrouped", List.of("2001:db8::1")));

    private static Environment environment(List<String> hosts, Map<String, List<String>> groups) {
        return new Environment(
                EnvironmentSource.of(new EnvironmentName("production"), Path.of("p"), List.of(Path.of("p/hosts.yml"))),
                hosts,
                new TreeMap<>(groups),
                EnvironmentRules.NONE,
                List.of(),
                new TreeMap<>());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web|web-2 web-1",
                "web-1|web-1",
                "web-1,web-2|web-2 web-1",
                "db, web-1|web-1 db-1",
                "db web-1|web-1 db-1",
                "web,web,web-1|web-2 web-1",
                "all|web-2 web-1 db-1 2001:db8::1",
                "*|web-2 web-1 db-1 2001:db8::1",
                "we?-1|web-1",
                "w*|web-2 web-1",
                "*-1|web-1 db-1",
                "d?|db-1",
                "all,!web|db-1 2001:db8::1",
                "!web|db-1 2001:db8::1",
                "web,!web-2|web-1",
                "!web-2,web|web-1",
                "web,!*-2|web-1",
                "ungrouped|2001:db8::1",
                "web:db|web-2 web-1 db-1",
                "&web|web-2 web-1",
                "web:&*-1|web-1",
                "all:&web:!web-2|web-1",
                "web,db,&*-1|web-1 db-1",
                "all:!web|db-1 2001:db8::1",
                "all:!2001:db8::1|web-2 web-1 db-1",
                "2001:db8::1|2001:db8::1",
            })
    void namesTheHostsInTheOrderOfTheInventory(String limit, String hosts) {
        assertThat(HostPattern.resolve(PRODUCTION, limit)).isEqualTo(new HostPattern.Hosts(List.of(hosts.split(" "))));
    }

    /** web-1 has an agent, web-2 one that fell silent, db-1 none; #412 failed on db-1. */
    private static final HostFacts FACTS = new HostFacts() {
        @Override
        public AgentState agent(EnvironmentName environment, String host) {
            var agent = new HostAgent(environment, host, "id", "v1.1.0", Instant.EPOCH, Instant.EPOCH, Duration.ZERO);
            return switch (host) {
                case "web-1" -> new AgentState.Reporting(agent);
                case "web-2" -> new AgentState.Silent(agent);
                default -> new AgentState.Never();
            };
        }

        @Override
        public List<UnknownServer> unknown(EnvironmentName environment) {
            return List.of();
        }

        @Override
        public Map<String, String> statuses(EnvironmentName environment) {
            return Map.of("web-1", "ok", "web-2", "failed", "db-1", "unreachable");
        }

        @Override
        public Optional<Set<String>> failedIn(EnvironmentName environment, long run) {
            return run == 412 ? Optional.of(Set.of("db-1")) : Optional.empty();
        }
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag:web|web-2 web-1",
                "tag:web&tag:ungrouped,db-1|db-1",
                "tag:web&!web-2|web-1",
                "web&status:ok,status:never|web-1 2001:db8::1",
                "!tag:web|db-1 2001:db8::1",
                "all,!status:never|web-2 web-1 db-1",
                "web:&status:failed|web-2",
                "web&*-1|web-1",
                "status:unreachable|db-1",
                "agent:missing|db-1 2001:db8::1",
                "agent:silent|web-2",
                "agent:reporting|web-1",
                "agent:v1.1.0|web-2 web-1",
                "agent:v1.1.0&!agent:silent|web-1",
                "failed-in:#412|db-1",
                "failed-in:412,web-1|web-1 db-1",
                "id:|db-1",
            })
    void hostsAreSelectedByWhatIsKnownOfThem(String limit, String hosts) {
        var known = limit.startsWith("id:") ? "id:" + ServerUuid.of("p", "db-1") : limit;
        assertThat(HostPattern.resolve(PRODUCTION, known, FACTS))
                .isEqualTo(new HostPattern.Hosts(List.of(hosts.split(" "))));
    }

    @Test
    void anIdIsFoundInWhateverCaseItIsWritten() {
        var id = ServerUuid.of("p", "db-1").toUpperCase(Locale.ROOT);
        assertThat(HostPattern.resolve(PRODUCTION, "id:" + id, FACTS))
                .isEqualTo(new HostPattern.Hosts(List.of("db-1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag:wbe|no host of production has the tag wbe|tag:web",
                "web,!tag:wbe|no host of production has the tag wbe|!tag:web",
                "status:faild|status: takes ok, failed, unreachable, never, or a status that hosts are registered"
                        + " with|status:failed",
                "id:7|no host of production has the server_uuid 7|",
                "failed-in:#9|there is no run #9 in production|",
                "failed-in:last|failed-in: takes the number of a run: failed-in:#412|",
                "agent:v9|\"agent:v9\" leaves no host of production|",
            })
    void aSelectorThatFindsNothingSaysSo(String limit, String message, String nearest) {
        assertThat(HostPattern.resolve(PRODUCTION, limit, FACTS))
                .isEqualTo(new HostPattern.Invalid(message, Optional.ofNullable(nearest)));
    }

    /** As before there were selectors. */
    @Test
    void aGroupThatIsCalledLikeASelectorKeepsItsMeaning() {
        var named = environment(List.of("a", "b"), Map.of("tag", List.of("a"), "web", List.of("b")));
        assertThat(HostPattern.resolve(named, "tag:web")).isEqualTo(new HostPattern.Hosts(List.of("a", "b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@/etc/shadow",
                "@hosts",
                "~web.*",
                "~(a+)+$",
                "web:&db",
                "web:&",
                "&",
                "web:&@/etc/shadow",
                "web[0]",
                "web[0:1]",
                "-e",
                "--limit",
                "-vvv",
                "../production",
                "/etc/passwd",
                "./x",
                "web;id",
                "web|id",
                "`id`",
                "$(id)",
                "{{ 1 }}",
                "{{lookup('pipe','id')}}",
                "%7e",
                "web\u0000",
                "web\u001b[31m",
                "wéb",
                "ｗｅｂ",
                "!!web",
                "!",
                "!-e",
                "\"web\"",
                "'web'",
                "web=1",
                "#",
                "web\\",
                "<web>",
                "web-1\u202e",
                "localhost",
                "127.0.0.1",
                "WEB",
                "web-3",
                "x*",
                "?"
            })
    void everythingElseIsOneLineThatSaysWhatIsWrong(String limit) {
        assertThat(HostPattern.resolve(PRODUCTION, limit))
                .isInstanceOfSatisfying(
                        HostPattern.Invalid.class,
                        wrong -> assertThat(wrong.message())
                                .isNotBlank()
                                .hasSizeLessThan(300)
                                .doesNotContainPattern("[\\p{Cc}\\u202e]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,\t", "web,!web", "!all", "!*", "db,!d*"})
    void noHostAtAllIsWrong(String limit) {
        assertThat(HostPattern.resolve(PRODUCTION, limit)).isInstanceOf(HostPattern.Invalid.class);
    }

    @Test
    void theNearestNameIsTold() {
        assertThat(HostPattern.resolve(PRODUCTION, "wbe")).isInstanceOfSatisfying(HostPattern.Invalid.class, wrong -> {
            assertThat(wrong.message())
                    .isEqualTo("\"wbe\" is no host or group of production; groups are db, ungrouped, web");
            assertThat(wrong.nearest()).contains("web");
        });
        assertThat(HostPattern.resolve(PRODUCTION, "all,!wbe"))
                .isInstanceOfSatisfying(
                        HostPattern.Invalid.class,
                        wrong -> assertThat(wrong.nearest()).contains("!web"));
    }

    @Test
    void aHundredThousandHostsAreQuick() {
        var names = IntStream.range(0, 100_000).mapToObj("host-%06d"::formatted).toList();
        var large = environment(names, Map.of());
        var most = String.join(",", names.subList(0, 15_000));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(HostPattern.resolve(large, most)).isEqualTo(new HostPattern.Hosts(names.subList(0, 15_000)));
            assertThat(HostPattern.resolve(large, "host-0000?0*"))
                    .isInstanceOfSatisfying(
                            HostPattern.Hosts.class,
                            hosts -> assertThat(hosts.hosts()).hasSize(10));
            assertThat(HostPattern.resolve(large, "host-99999x")).isInstanceOf(HostPattern.Invalid.class);
        });
    }

    @Test
    void patternsCannotTakeForEver() {
        var long1 = environment(List.of("a".repeat(253), "b"), Map.of());
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(HostPattern.resolve(long1, "*a?".repeat(60) + "x")).isInstanceOf(HostPattern.Invalid.class);
            assertThat(HostPattern.resolve(long1, "*,".repeat(51))).isInstanceOf(HostPattern.Invalid.class);
            assertThat(HostPattern.resolve(long1, "b,".repeat(150_000))).isInstanceOf(HostPattern.Invalid.class);
            assertThat(HostPattern.resolve(long1, "*".repeat(100) + "b"))
                    .isEqualTo(new HostPattern.Hosts(List.of("b")));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "*,a,true",
        "a*,a,true",
        "*a,ba,true",
        "a?c,abc,true",
        "a?c,ac,false",
        "a*b*c,aXbYc,true",
        "a*b,abc,false",
        "?,'',false",
        "*,'',true",
        "a.c,abc,false"
    })
    void globs(String glob, String name, boolean matches) {
        assertThat(new Glob(glob).matches(name)).isEqualTo(matches);
    }

    @Test
    void tagsAreNames() {
        assertThat(Tags.check(List.of())).isEmpty();
        assertThat(Tags.check(List.of("app", "app:config", "v1.2-x_y", "never", "always", "tagged")))
                .isEmpty();
        for (var wrong : List.of("-e", "--tags", "", " ", "a b", "a,b", "@x", "{{ x }}", "a\nb", "é", "x".repeat(65))) {
            assertThat(Tags.check(List.of("app", wrong)))
                    .as(wrong)
                    .hasValueSatisfying(m -> assertThat(m).hasLineCount(1).contains("is not a tag"));
        }
        assertThat(Tags.check(java.util.Collections.nCopies(51, "a"))).isPresent();
    }
}
