package dev.playcall.catalog.vars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.difflib.DiffUtils;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentRules;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.WrittenVariable;
import dev.playcall.domain.name.EnvironmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables of hosts and groups as people write them: a change touches the lines that say it and no others. */
class EnvironmentVariablesTest {
    private static final VariableOwner WEB_1 = VariableOwner.host("web-1");
    private static final VariableOwner WEB = VariableOwner.group("web");
    private static final String YAML = """
        # who may touch this: ops
        all:
          children:
            web:   # the front
              hosts:
                web-1: { http_port: 8080, rack: 12 }   # old one
                web-2:
                  # in repair
                  http_port: 8081   # as agreed
              vars:
                color: blue # or green
                token: !vault |
                  $ANSIBLE_VAULT;1.1;AES256
                  6162636465666768
        """;
    private static final String INI = """
        # who may touch this: ops
        [web]
        web-1 http_port=8080 motd="hello # world" # old one
        web-2   http_port=8081

        [web:vars]
        color = blue
        size=3
        """;
    private static final String LIST = "a_1, b_2";

    private static final String VARS = """
        ---
        # of the front
        workers: 4   # one a core

        packages:
          - nginx   # the server
          - curl
        password: !vault |
          $ANSIBLE_VAULT;1.1;AES256
          6162636465666768
        motd: |
          two
          lines
        # the end
        """;

    @TempDir
    Path folder;

    private Environment environment(String hosts, String text) throws IOException {
        var file = Files.writeString(folder.resolve(hosts), text);
        return new Environment(
                EnvironmentSource.of(new EnvironmentName("test"), folder, List.of(file)),
                List.of("web-1", "web-2"),
                new TreeMap<>(Map.of("web", List.of("web-1", "web-2"))),
                EnvironmentRules.NONE,
                List.of(),
                new TreeMap<>());
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    /** Lines that are gone and lines that came. */
    private static String changes(String before, String after) {
        var lines = new StringBuilder();
        for (var delta : DiffUtils.diff(List.of(before.split("\n", -1)), List.of(after.split("\n", -1)))
                .getDeltas()) {
            delta.getSource()
                    .getLines()
                    .forEach(l -> lines.append('-').append(l).append('\n'));
            delta.getTarget()
                    .getLines()
                    .forEach(l -> lines.append('+').append(l).append('\n'));
        }
        return lines.toString();
    }

    private String set(String hosts, String text, VariableOwner owner, String name, Object value) throws Exception {
        var variables = new EnvironmentVariables(environment(hosts, text));
        variables.set(owner, name, value);
        assertThat(variables.changed()).containsOnlyKeys(hosts);
        return changes(text, variables.changed().getOrDefault(hosts, ""));
    }

    private String unset(String hosts, String text, VariableOwner owner, String name) throws Exception {
        var variables = new EnvironmentVariables(environment(hosts, text));
        variables.unset(owner, name);
        assertThat(variables.changed()).containsOnlyKeys(hosts);
        return changes(text, variables.changed().getOrDefault(hosts, ""));
    }

    @Test
    void aVariableIsChangedInTheHostsFileWhereItStands() throws Exception {
        assertThat(set("hosts.yml", YAML, WEB_1, "http_port", 9090L)).isEqualTo("""
            -        web-1: { http_port: 8080, rack: 12 }   # old one
            +        web-1: { http_port: 9090, rack: 12 }   # old one
            """);
        assertThat(set("hosts.yml", YAML, VariableOwner.host("web-2"), "http_port", List.of(1, "yes")))
                .isEqualTo("""
                    -          http_port: 8081   # as agreed
                    +          http_port: [1, "yes"]   # as agreed
                    """);
        assertThat(set("hosts.yml", YAML, WEB, "color", "dark red")).isEqualTo("""
            -        color: blue # or green
            +        color: "dark red" # or green
            """);
        assertThat(unset("hosts.yml", YAML, WEB_1, "rack")).isEqualTo("""
            -        web-1: { http_port: 8080, rack: 12 }   # old one
            +        web-1: { http_port: 8080 }   # old one
            """);
        assertThat(unset("hosts.yml", YAML, VariableOwner.host("web-2"), "http_port"))
                .isEqualTo("-          http_port: 8081   # as agreed\n");
    }

    @Test
    void aVariableOfAnIniFileIsChangedInItsLine() throws Exception {
        assertThat(set("hosts.ini", INI, WEB_1, "http_port", 9090L)).isEqualTo("""
            -web-1 http_port=8080 motd="hello # world" # old one
            +web-1 http_port=9090 motd="hello # world" # old one
            """);
        assertThat(set("hosts.ini", INI, WEB_1, "motd", "two words")).isEqualTo("""
            -web-1 http_port=8080 motd="hello # world" # old one
            +web-1 http_port=8080 motd="two words" # old one
            """);
        assertThat(set("hosts.ini", INI, WEB, "color", "dark red")).isEqualTo("""
            -color = blue
            +color = "dark red"
            """);
        assertThat(set("hosts.ini", INI, WEB, "size", "True")).isEqualTo("-size=3\n+size=\"True\"\n");
        assertThat(unset("hosts.ini", INI, WEB_1, "motd")).isEqualTo("""
            -web-1 http_port=8080 motd="hello # world" # old one
            +web-1 http_port=8080 # old one
            """);
        assertThat(unset("hosts.ini", INI, WEB, "size")).isEqualTo("-size=3\n");
    }

    /** File, text, and what changes when web-1 gets the environments a_1 and b_2. */
    static Stream<Arguments> inventoriesOfPeople() {
        var ini = "installed_venvs='[\"a_1\", \"b_2\"]'";
        return Stream.of(
                arguments("hosts.ini", INI, """
                    -web-1 http_port=8080 motd="hello # world" # old one
                    +web-1 http_port=8080 motd="hello # world" @ # old one
                    """.replace("@", ini)),
                arguments("hosts.ini", "[web]\nweb-1\nweb-2\n", "-web-1\n+web-1 " + ini + "\n"),
                arguments(
                        "hosts.ini",
                        "[web]\nweb-1   # plain\n[db]\nweb-1 x='a b'\nweb-2",
                        "-web-1 x='a b'\n+web-1 x='a b' " + ini + "\n"),
                arguments("hosts", "web-1:2222 x=1\r\nweb-2\r\n", "-web-1:2222 x=1\r\n+web-1:2222 x=1 " + ini + "\r\n"),
                arguments(
                        "hosts.ini",
                        "web-1 x=1 installed_venvs='[\"old_1\"]' y=2 # mine\nweb-2\n",
                        "-web-1 x=1 installed_venvs='[\"old_1\"]' y=2 # mine\n+web-1 x=1 " + ini + " y=2 # mine\n"),
                arguments("hosts.yml", YAML, """
                    -        web-1: { http_port: 8080, rack: 12 }   # old one
                    +        web-1: { http_port: 8080, rack: 12, installed_venvs: [@] }   # old one
                    """.replace("@", LIST)),
                arguments("hosts.yml", "all:\n  hosts:\n    web-1:  # new\n    web-2:\n", """
                    +      installed_venvs: [@]
                    """.replace("@", LIST)),
                arguments(
                        "hosts.yml",
                        "all:\r\n  hosts:\r\n    web-1:\r\n      x: 1 # one\r\n    web-2:\r\n",
                        """
                    +      installed_venvs: [@]\r
                    """.replace("@", LIST)),
                arguments("hosts.yml", "all: { hosts: { web-1: , web-2: { } } }\n", """
                    -all: { hosts: { web-1: , web-2: { } } }
                    +all: { hosts: { web-1: {installed_venvs: [@]} , web-2: { } } }
                    """.replace("@", LIST)),
                arguments(
                        "hosts.yml",
                        "all:\n  hosts:\n    web-1:\n      installed_venvs:  # ours\n        - old_1\n      x: 1\n    web-2:\n",
                        "-      installed_venvs:  # ours\n-        - old_1\n+      installed_venvs: [" + LIST + "]\n"));
    }

    @ParameterizedTest
    @MethodSource("inventoriesOfPeople")
    void aListIsWrittenWhereTheHostIsNamedAndNothingElseChanges(String file, String text, String changes)
            throws Exception {
        var variables = new EnvironmentVariables(environment(file, text));
        variables.setAtHost("web-1", "installed_venvs", List.of("a_1", "b_2"));
        assertThat(variables.changed()).containsOnlyKeys(file);
        var after = variables.changed().getOrDefault(file, "");
        assertThat(changes(text, after)).isEqualTo(changes);
        var again = new EnvironmentVariables(environment(file, after));
        again.setAtHost("web-1", "installed_venvs", List.of("a_1", "b_2"));
        assertThat(again.changed()).containsExactly(Map.entry(file, after));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hosts.ini|[web]\nweb-[1:2] x=1\n",
                "hosts.yml|all:\n  hosts:\n    web-[1:2]:\n",
                "hosts.yml|all:\n  hosts:\n    web-1: &same\n      x: 1\n    web-2: *same\n"
            })
    void aHostThatIsNotNamedByItselfGetsAFileOfItsOwn(String inventory) throws Exception {
        var parts = inventory.split("[|]", 2);
        var variables = new EnvironmentVariables(environment(parts[0], parts[1]));
        variables.setAtHost("web-1", "installed_venvs", List.of("a_1", "b_2"));
        assertThat(variables.changed())
                .containsExactly(Map.entry("host_vars/web-1.yml", "installed_venvs: [" + LIST + "]\n"));
    }

    @Test
    void whatIsNewGoesIntoTheOwnersOwnFile() throws Exception {
        var variables = new EnvironmentVariables(environment("hosts.yml", YAML));
        variables.set(WEB_1, "rolling", true);
        variables.set(WEB_1, "release", "1.10");
        variables.set(VariableOwner.group("all"), "zone", "eu");
        assertThat(variables.changed())
                .isEqualTo(Map.of(
                        "host_vars/web-1.yml",
                        "rolling: true\nrelease: \"1.10\"\n",
                        "group_vars/all.yml",
                        "zone: eu\n"));
    }

    @Test
    void whatAnsibleReadsLastIsWhatIsChanged() throws Exception {
        write("host_vars/web-1/a.yml", "http_port: 1\n");
        write("host_vars/web-1/b.yml", "http_port: 2 # wins\n");
        write("host_vars/web-1.yml", "http_port: 3 # never read\n");
        write("host_vars/web-1/.hidden.yml", "http_port: 4\n");
        var variables = new EnvironmentVariables(environment("hosts.yml", YAML));
        assertThat(variables.of(WEB_1))
                .extracting(WrittenVariable::file)
                .containsExactly("hosts.yml", "hosts.yml", "host_vars/web-1/a.yml", "host_vars/web-1/b.yml");
        variables.set(WEB_1, "http_port", 5L);
        assertThat(variables.changed()).isEqualTo(Map.of("host_vars/web-1/b.yml", "http_port: 5 # wins\n"));
        variables.unset(WEB_1, "http_port");
        assertThat(variables.changed()).containsOnlyKeys("hosts.yml", "host_vars/web-1/a.yml", "host_vars/web-1/b.yml");
        assertThat(variables.of(WEB_1)).extracting(WrittenVariable::name).containsExactly("rack");
        variables.set(WEB_1, "fresh", "x");
        assertThat(variables.changed()).containsEntry("host_vars/web-1/vars.yml", "fresh: x\n");
    }

    @Test
    void vaultedValuesAreShownAsThatAndLeftAlone() throws Exception {
        write("group_vars/web/vars.yml", VARS);
        write("group_vars/web/vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
        var variables = new EnvironmentVariables(environment("hosts.yml", YAML));
        assertThat(variables.of(WEB))
                .filteredOn(WrittenVariable::vaulted)
                .extracting(WrittenVariable::name, WrittenVariable::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("token", "vaulted"),
                        org.assertj.core.groups.Tuple.tuple("password", "vaulted"),
                        org.assertj.core.groups.Tuple.tuple("", "vaulted"));
        for (var name : List.of("token", "password")) {
            assertThatThrownBy(() -> variables.set(WEB, name, "x"))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(name + " is vaulted");
            assertThatThrownBy(() -> variables.unset(WEB, name)).hasMessageContaining(name + " is vaulted");
        }
        assertThat(variables.changed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"workers", "packages", "motd", "fresh"})
    void aFileOfVariablesKeepsItsCommentsAndOrder(String name) throws Exception {
        write("group_vars/web.yml", VARS);
        var variables =
                new EnvironmentVariables(environment("hosts.yml", "all: {children: {web: {hosts: {web-1: }}}}\n"));
        variables.set(WEB, name, Map.of("a", List.of(1, "b")));
        var after = variables.changed().getOrDefault("group_vars/web.yml", "");
        var written = switch (name) {
            case "workers" -> "-workers: 4   # one a core\n+workers: {a: [1, b]}   # one a core\n";
            case "packages" -> "-packages:\n-  - nginx   # the server\n-  - curl\n+packages: {a: [1, b]}\n";
            case "motd" -> "-motd: |\n-  two\n-  lines\n+motd: {a: [1, b]}\n";
            default -> "+fresh: {a: [1, b]}\n";
        };
        assertThat(changes(VARS, after)).isEqualTo(written);
    }

    /** Whatever is set and unset in whatever order: what was there before is there again, letter by letter. */
    @Test
    void whatIsSetAndUnsetLeavesTheFileAsItWas() throws Exception {
        var random = new Random(18);
        var values =
                List.<Object>of(8080L, "text", "with: colon", "it's \"quoted\"", true, List.of("a"), Map.of("k", 1));
        for (var text :
                List.of(VARS, VARS.replace("\n", "\r\n"), "# only this\n", "a: 1", "{a: 1}\n", "---\na: 1\n...\n")) {
            for (int i = 0; i < 40; i++) {
                write("group_vars/web.yml", text);
                var variables = new EnvironmentVariables(
                        environment("hosts.yml", "all: {children: {web: {hosts: {web-1: }}}}\n"));
                variables.set(WEB, "fresh_one", values.get(random.nextInt(values.size())));
                variables.set(WEB, "fresh_two", values.get(random.nextInt(values.size())));
                variables.set(WEB, "fresh_one", values.get(random.nextInt(values.size())));
                variables.unset(WEB, random.nextBoolean() ? "fresh_one" : "fresh_two");
                var left = variables.of(WEB).stream()
                        .map(WrittenVariable::name)
                        .filter(n -> n.startsWith("fresh"))
                        .toList();
                variables.unset(WEB, left.getFirst());
                assertThat(variables.changed().get("group_vars/web.yml")).isEqualTo(text);
            }
        }
    }

    @Test
    void whatIsSharedByAnAnchorIsRefused() throws Exception {
        write("group_vars/web.yml", "base: &b {x: 1}\nother: *b\n");
        var variables = new EnvironmentVariables(environment("hosts.yml", YAML));
        assertThatThrownBy(() -> variables.set(WEB, "base", "x")).hasMessageContaining("anchor");
        assertThatThrownBy(() -> variables.set(WEB, "other", "x")).hasMessageContaining("anchor");
        assertThatThrownBy(() -> variables.unset(WEB, "nothing"))
                .hasMessageContaining("no variable nothing is written");
    }
}
