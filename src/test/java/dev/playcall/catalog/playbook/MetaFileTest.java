package dev.playcall.catalog.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions of playbooks, and which operation runs which. */
class MetaFileTest {
    @TempDir
    Path home;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(home.resolve("inventory"));
        Files.createDirectories(home.resolve("playbooks"));
        Files.createDirectories(home.resolve("config"));
        write("playbooks/deploy.yml", "- hosts: web\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(home.resolve(name), text);
    }

    private Catalog read() {
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        return new DiskCatalogs(config, Clock.systemUTC()).current();
    }

    private List<String> problems(String meta) throws IOException {
        write("playbooks/deploy.meta.yml", meta);
        var catalog = read();
        assertThat(catalog.playbooks()).isEmpty();
        assertThat(catalog.operation(Operation.DEPLOY)).isEmpty();
        return catalog.problems();
    }

    @Test
    void aTemplateHasOnlyValuesThatItsVariablesTake() throws IOException {
        var variables = """
            variables:
              count: { type: integer }
              key: { secret: true }
            templates:
            """;
        write("playbooks/deploy.meta.yml", variables + "  production: { count: 5 }\n  empty:\n");
        assertThat(read().playbooks().firstEntry().getValue().templates())
                .isEqualTo(Map.of("production", Map.of("count", "5"), "empty", Map.of()));
        assertThat(problems(variables + "  a: { count: many }\n"))
                .singleElement()
                .asString()
                .contains("playbooks/deploy.meta.yml:5", "count", "many");
        assertThat(problems(variables + "  a: { cuont: 5 }\n").toString()).contains("did you mean count?");
        assertThat(problems(variables + "  a: { key: x }\n").toString()).contains("a secret cannot stand here");
        assertThat(problems(variables + "  \"A b\": { count: 1 }\n").toString()).contains("not a name for a template");
    }

    @Test
    void theLabelsThatItsNodeHasToHaveAreRead() throws IOException {
        write("playbooks/deploy.meta.yml", "node_selector: { zone: dmz }\n");
        assertThat(read().playbooks().firstEntry().getValue().nodeSelector()).containsExactly("zone=dmz");
        assertThat(problems("node_selector: { zone: [dmz] }\n").toString()).contains("node_selector.zone");
        assertThat(problems("node_selector: a node\n").toString())
                .contains("node_selector: \"a node\" is not a label (try zone=dmz)");
    }

    @Test
    void everythingThatCanBeSaidIsUnderstood() throws IOException {
        write("playbooks/deploy.meta.yml", """
            title: Deploy it
            operation: deploy
            description: All of it
            timeout: 10m
            danger: high
            variables:
              version: { type: version, default: v1.0, description: The release }
              count: { type: integer, default: 3 }
              share: { type: number, default: 2.5 }
              fast: { type: boolean, default: no }
              colour: { type: choice, choices: [blue, green], default: green }
              features: { type: list, default: [a, b] }
              note: { pattern: "[a-z]*" }
              key: { secret: true, required: true }
              plain:
            """);
        var catalog = read();
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.playbook(new PlaybookName("deploy"))).hasValueSatisfying(p -> {
            assertThat(p.title()).isEqualTo("Deploy it");
            assertThat(p.timeout()).contains(Duration.ofMinutes(10));
            assertThat(p.danger()).isEqualTo(Playbook.Danger.HIGH);
            assertThat(p.variables())
                    .extracting(VariableSpec::name)
                    .containsExactly("version", "count", "share", "fast", "colour", "features", "note", "key", "plain");
            assertThat(p.variables())
                    .extracting(v -> v.defaultValue().map(Value::display).orElse("-"))
                    .containsExactly("v1.0", "3", "2.5", "false", "green", "a,b", "-", "-", "-");
            assertThat(p.variables().get(7).secret()).isTrue();
            assertThat(p.variables().get(8).type()).isEqualTo(VariableSpec.Type.TEXT);
        });
    }

    @Test
    void aPlaybookWithoutDescriptionIsOffered() {
        assertThat(read().playbook(new PlaybookName("deploy"))).hasValueSatisfying(p -> {
            assertThat(p.title()).isEqualTo("deploy");
            assertThat(p.danger()).isEqualTo(Playbook.Danger.NORMAL);
            assertThat(p.variables()).isEmpty();
        });
    }

    @Test
    void aVariableOfAnUnknownTypeIsOneMistakeHoweverManyTemplatesHaveIt() throws IOException {
        assertThat(problems("""
            variables:
              a: { type: string }
            templates:
              one: { a: x }
              two: { a: y }
            """))
                .containsExactly(
                        "playbooks/deploy.meta.yml:2: variables.a.type: \"string\" is not one of text, integer,"
                                + " number, boolean, choice, version, list");
    }

    @Test
    void everyMistakeHasItsLineAndTheNearestRightWord() throws IOException {
        assertThat(problems("""
            danger: hihg
            operation: "de ploy"
            variables:
              a: { type: txt }
              b: { type: choice }
              c: { type: integer, default: x }
              d: { type: choice, choices: [blue], default: bleu }
              e: { pattern: "[" }
              f: { pattern: "[a-z]+", default: "A" }
              g: { requird: true }
              h: { required: perhaps }
              i: { type: boolean, choices: [a] }
              j: { type: integer, pattern: "1" }
              k: { secret: true, default: x }
              l: 5
              ansible_connection: {}
              become: {}
              "a b": {}
            """))
                .containsExactly(
                        "playbooks/deploy.meta.yml:2: operation: \"de ploy\" is not a name for an operation (try"
                                + " deploy)",
                        "playbooks/deploy.meta.yml:1: danger: \"hihg\" is not one of none, normal, high; did you mean"
                                + " high?",
                        "playbooks/deploy.meta.yml:4: variables.a.type: \"txt\" is not one of text, integer, number,"
                                + " boolean, choice, version, list; did you mean text?",
                        "playbooks/deploy.meta.yml:5: variables.b.choices: a choice needs some (choices: [blue,"
                                + " green])",
                        "playbooks/deploy.meta.yml:6: variables.c.default: \"x\" is not a whole number (try c=5)",
                        "playbooks/deploy.meta.yml:7: variables.d.default: \"bleu\" is not one of blue; did you mean"
                                + " blue?",
                        "playbooks/deploy.meta.yml:8: variables.e.pattern: \"[\" is not a regular expression (try"
                                + " [a-z]+)",
                        "playbooks/deploy.meta.yml:9: variables.f.default: \"A\" does not match [a-z]+",
                        "playbooks/deploy.meta.yml:10: variables.g.requird: no such key; did you mean required?",
                        "playbooks/deploy.meta.yml:11: variables.h.required: \"perhaps\" is not true or false (try"
                                + " true)",
                        "playbooks/deploy.meta.yml:12: variables.i.choices: mean nothing for type boolean",
                        "playbooks/deploy.meta.yml:13: variables.j.pattern: means nothing for type integer",
                        "playbooks/deploy.meta.yml:14: variables.k.default: a secret cannot stand here (./playcall"
                                + " secret set k)",
                        "playbooks/deploy.meta.yml:15: variables.l: must be a mapping (key: value)",
                        "playbooks/deploy.meta.yml:16: variables.ansible_connection: starts with ansible_, and such"
                                + " variables decide what is executed, not what is deployed",
                        "playbooks/deploy.meta.yml:17: variables.become: means something to Ansible itself",
                        "playbooks/deploy.meta.yml:18: variables.a b: is not a name for a variable (letters, digits and"
                                + " _ only, not starting with a digit, at most 64)");
    }

    @Test
    void brokenYamlTakesTheWholePlaybookAway() throws IOException {
        assertThat(problems("title: [\n")).singleElement().asString().startsWith("playbooks/deploy.meta.yml:");
        assertThat(problems("- a\n")).containsExactly("playbooks/deploy.meta.yml:1: must be a mapping (key: value)");
    }

    @Test
    void theConfigurationMapsOperations() throws IOException {
        write("playbooks/restart.yml", "- hosts: web\n");
        write("playbooks/release.yml", "- hosts: web\n");
        write("config/playcall.yml", """
            operations:
              deploy: { playbook: release.yml, timeout: 30m, variables: { version: { type: version } } }
              restart: {}
              validate: { timeout: 1m }
            """);
        var catalog = read();
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.operation(Operation.DEPLOY)).hasValueSatisfying(o -> {
            assertThat(o.playbook()).contains(new PlaybookName("release"));
            assertThat(o.timeout()).contains(Duration.ofMinutes(30));
            assertThat(o.variables()).extracting(VariableSpec::name).containsExactly("version");
        });
        assertThat(catalog.operation(new Operation("restart")).flatMap(OperationSpec::playbook))
                .contains(new PlaybookName("restart"));
        assertThat(catalog.operation(Operation.VALIDATE).flatMap(OperationSpec::timeout))
                .contains(Duration.ofMinutes(1));
        assertThat(catalog.operation(Operation.UPDATE)).isEmpty();
    }

    @Test
    void aDescriptionMapsItsOperation() throws IOException {
        write("playbooks/release.yml", "- hosts: web\n");
        write("playbooks/release.meta.yml", "operation: deploy\n");
        assertThat(read().operation(Operation.DEPLOY).flatMap(OperationSpec::playbook))
                .contains(new PlaybookName("release"));
        write("playbooks/again.yml", "- hosts: web\n");
        write("playbooks/again.meta.yml", "operation: deploy\n");
        assertThat(read().problems())
                .containsExactly(
                        "playbooks: again, release all say that they are deploy; again is taken (name one under"
                                + " operations: in the configuration)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ python_packages: [\"foo; rm\"] }|\"foo; rm\" is not a package such as jmespath>=1.0",
                "{ python_packages: [\"--index-url=http://127.0.0.1/\"] }|is not a package",
                "{ python_packages: [\"foo\\n-e .\"] }|is not a package",
                "{ collections: [\"../acme.tools\"] }|is not a collection such as community.general",
                "../site|auto, off or the name of an environment",
                "{ python: \">=3; rm\" }|versions of Python"
            })
    void whatAnEnvironmentIsMadeOfIsNeverMoreThanANameAndAVersion(String venv) throws IOException {
        var parts = venv.split("[|]", 2);
        assertThat(problems("venv: " + parts[0] + "\n"))
                .singleElement()
                .asString()
                .contains(parts[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index_url: \"--extra-index-url=http://127.0.0.1/\"",
                "index_url: \"https://user:word@127.0.0.1/\"",
                "index_url: \"http://127.0.0.1/ --trusted-host x\"",
                "root: \"~/venvs; rm -rf x\"",
                "root: \"/srv/../etc\"",
                "ansible_core: \">=2.14 ; x\""
            })
    void norIsWhereItComesFromAndGoesTo(String setting) throws IOException {
        write("config/playcall.yml", "venv: { " + setting + " }\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("config/playcall.yml:1");
    }

    @Test
    void wrongOperationsAreToldWithTheirLineAndNotOffered() throws IOException {
        write("config/playcall.yml", """
            operations:
              deploy: { playbook: deplo.yml }
              update: { playbook: ../../etc/passwd }
              restart: {}
              "a b": { playbook: deploy.yml }
              play: { playbook: deploy.yml }
              release: { playbook: deploy.yml, variables: { ansible_user: {} } }
            """);
        var catalog = read();
        assertThat(catalog.operations().keySet())
                .containsExactly(Operation.ADHOC, Operation.PING, Operation.PLAY, Operation.VALIDATE);
        assertThat(catalog.problems())
                .containsExactlyInAnyOrder(
                        "config/playcall.yml:2: operations.deploy: there is no usable playbook deplo.yml; did you mean"
                                + " deploy.yml?",
                        "config/playcall.yml:3: operations.update: there is no usable playbook ../../etc/passwd.yml",
                        "config/playcall.yml:4: operations.restart: there is no usable playbook restart.yml",
                        "config/playcall.yml:5: operations: \"a b\" is not a name for an operation",
                        "config/playcall.yml:6: operations.play: has no playbook of its own, only a timeout can be set",
                        "config/playcall.yml:7: operations.release.variables.ansible_user: starts with ansible_, and"
                                + " such variables decide what is executed, not what is deployed");
    }
}
