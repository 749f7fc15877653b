package dev.playcall.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentRules;
import dev.playcall.catalog.inventory.HostsEdit;
import dev.playcall.catalog.inventory.InventoryEdit;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.vars.EnvironmentVariables;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.testing.AnsibleInventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inventories as people write them: a host and a group go in, and only the lines that say so are different; they go out
 * again, and the file is the one it was, byte for byte. Ansible itself is asked before, between and after.
 */
class AwkwardInventoriesIT {
    private static final Path FOLDER = Path.of("src/test/resources/inventories");
    private static final Map<String, String> GROUP = new TreeMap<>(Map.ofEntries(
            Map.entry("01-comments.yml", "web"),
            Map.entry("02-anchors.yml", "web"),
            Map.entry("03-vault.yml", "db"),
            Map.entry("04-ranges.yml", "web"),
            Map.entry("05-children.yml", "paris"),
            Map.entry("06-odd-indent.yml", "web"),
            Map.entry("07-crlf.yml", "web"),
            Map.entry("08-no-final-newline.yml", "web"),
            Map.entry("09-flow.yml", "web"),
            Map.entry("10-classic.ini", "web"),
            Map.entry("11-crlf-no-end.ini", "app"),
            Map.entry("12-hosts", "pair")));

    private static AnsibleInventory yaml;
    private static AnsibleInventory ini;

    @TempDir
    Path scratch;

    @BeforeAll
    static void open() throws IOException {
        yaml = new AnsibleInventory("yaml");
        ini = new AnsibleInventory("ini");
    }

    @AfterAll
    static void close() {
        yaml.close();
        ini.close();
    }

    private static InventoryEdit edit(String name, String text) throws HostsEdit.RefusedException {
        return InventoryFile.edit(Path.of(name.equals("12-hosts") ? "hosts" : name), text);
    }

    private static String text(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }

    @Test
    void aHostThatGoesInAndOutLeavesNoTraceAndIsOneLineMeanwhile() throws Exception {
        var said = new StringBuilder();
        for (var entry : GROUP.entrySet()) {
            var name = entry.getKey();
            var before = text(name);
            var variables = HostsEdit.variables(Map.of("ansible_host", "10.9.9.9"));
            var with = edit(name, before).add("new-host", entry.getValue(), variables);
            said.append("== ").append(name).append(": add new-host\n").append(diff(before, with));
            assertThat(edit(name, with).remove("new-host")).as(name).isEqualTo(before);
            var listed = list(name, before);
            var between = list(name, with);
            assertThat(between.at("/_meta/hostvars/new-host/ansible_host").asText())
                    .as(name)
                    .isEqualTo("10.9.9.9");
            assertThat(hosts(between, entry.getValue())).as(name).contains("new-host");
            assertThat(list(name, edit(name, with).remove("new-host"))).as(name).isEqualTo(listed);
        }
        golden("add", said.toString());
    }

    @Test
    void aTagAndANewGroupAreTheirOwnLinesAndGoAgain() throws Exception {
        for (var entry : GROUP.entrySet()) {
            var name = entry.getKey();
            var before = text(name);
            var with = edit(name, before).addGroup("fresh");
            // One line for all, and a last line that gets the line break it did not have.
            boolean changes = name.startsWith("09") || name.startsWith("11");
            assertThat(removed(before, with)).as(name).hasSizeLessThanOrEqualTo(changes ? 1 : 0);
            assertThat(edit(name, with).removeGroup("fresh")).as(name).isEqualTo(before);
            var renamed = edit(name, with).renameGroup("fresh", "later");
            assertThat(renamed).as(name).isEqualTo(with.replace("fresh", "later"));
            var tagged = edit(name, with).add("tagged", "fresh", new TreeMap<>());
            assertThat(hosts(list(name, tagged), "fresh")).as(name).containsExactly("tagged");
            assertThat(removed(with, tagged)).as(name).hasSizeLessThanOrEqualTo(changes ? 1 : 0);
        }
    }

    @Test
    void aHostThatPeopleWroteGoesWithWhatBelongsToItAndNothingElse() throws Exception {
        var said = new StringBuilder();
        for (var gone : List.of(
                List.of("01-comments.yml", "web-1"),
                List.of("03-vault.yml", "db-1"),
                List.of("04-ranges.yml", "last.example.org"),
                List.of("05-children.yml", "ber-1"),
                List.of("06-odd-indent.yml", "web-2"),
                List.of("07-crlf.yml", "h1"),
                List.of("08-no-final-newline.yml", "web-2"),
                List.of("09-flow.yml", "web-1"),
                List.of("10-classic.ini", "web-2"),
                List.of("11-crlf-no-end.ini", "app-2"),
                List.of("12-hosts", "two"))) {
            var name = gone.getFirst();
            var before = text(name);
            var after = edit(name, before).remove(gone.getLast());
            said.append("== ")
                    .append(name)
                    .append(": remove ")
                    .append(gone.getLast())
                    .append('\n')
                    .append(diff(before, after));
            var listed = list(name, before);
            var left = list(name, after);
            assertThat(left.at("/_meta/hostvars").has(gone.getLast())).as(name).isFalse();
            assertThat(all(left))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(all(listed).stream()
                            .filter(h -> !h.equals(gone.getLast()))
                            .toList());
        }
        golden("remove", said.toString());
    }

    @Test
    void whatCannotBeChangedSafelyIsRefusedWithItsReasonAndItsLine() throws Exception {
        assertThatThrownBy(() -> edit("02-anchors.yml", text("02-anchors.yml")).remove("web-1"))
                .hasMessageContaining("anchor")
                .hasMessageContaining("line 5");
        assertThatThrownBy(() -> edit("04-ranges.yml", text("04-ranges.yml")).remove("web-02.example.org"))
                .hasMessageContaining("range");
        assertThatThrownBy(() -> edit("10-classic.ini", text("10-classic.ini")).remove("web-11"))
                .hasMessageContaining("web-[10:12]")
                .hasMessageContaining("10-classic.ini:8");
        assertThatThrownBy(() -> edit("10-classic.ini", text("10-classic.ini")).untag("web-1", "web"))
                .hasMessageContaining("10-classic.ini:6")
                .hasMessageContaining("variables");
        assertThatThrownBy(() -> edit("10-classic.ini", text("10-classic.ini")).removeGroup("web"))
                .hasMessageContaining("not empty")
                .hasMessageContaining("10-classic.ini:6");
        assertThatThrownBy(
                        () -> edit("01-comments.yml", text("01-comments.yml")).removeGroup("db"))
                .hasMessageContaining("not empty")
                .hasMessageContaining("hosts.yml:");
        assertThatThrownBy(() -> edit("12-hosts", text("12-hosts")).renameGroup("pair", "ungrouped["))
                .isInstanceOf(Exception.class);
        assertThatThrownBy(() -> edit("10-classic.ini", "[web:host]\nx\n")).hasMessageContaining(":1");
    }

    /** Ansible reads every value as it was given: a text that looks like a number or a list stays a text. */
    @Test
    void whatIsSetIsWhatAnsibleReads() throws Exception {
        var values = List.<Object>of(
                8080, "8080", "0644", "yes", true, "True", "None", "1,2", "[1]", "10.0.0.9", "a # b", "é", "");
        for (var ini : List.of(true, false)) {
            var file = scratch.resolve(ini ? "hosts.ini" : "hosts.yml");
            Files.writeString(
                    file,
                    ini
                            ? "[web]\nweb-1 inline=old other=1 # old\n[web:vars]\ncolor=old\n"
                            : "web: {hosts: {web-1: {inline: old, other: 1}}, vars: {color: old}}\n");
            var environment = new Environment(
                    EnvironmentSource.of(new EnvironmentName("test"), scratch, List.of(file)),
                    List.of("web-1"),
                    new TreeMap<>(Map.of("web", List.of("web-1"))),
                    EnvironmentRules.NONE,
                    List.of(),
                    new TreeMap<>());
            for (var value : values) {
                var variables = new EnvironmentVariables(environment);
                variables.set(VariableOwner.host("web-1"), "inline", value);
                variables.set(VariableOwner.host("web-1"), "own", value);
                variables.set(VariableOwner.group("web"), "color", value);
                for (var changed : variables.changed().entrySet()) {
                    var to = scratch.resolve(changed.getKey());
                    Files.createDirectories(to.getParent());
                    Files.writeString(to, changed.getValue());
                }
                var read = (ini ? AwkwardInventoriesIT.ini : yaml).list(file).at("/_meta/hostvars/web-1");
                for (var name : List.of("inline", "own", "color")) {
                    var found = read.path(name);
                    assertThat(
                                    found.isInt()
                                            ? found.intValue()
                                            : found.isBoolean() ? found.booleanValue() : found.asText())
                            .as("%s %s in %s", name, value, file.getFileName())
                            .isEqualTo(value);
                }
            }
            Files.delete(scratch.resolve("host_vars/web-1.yml"));
            Files.delete(file);
        }
    }

    private static List<String> all(JsonNode listed) {
        var found = new ArrayList<String>();
        listed.properties().forEach(g -> g.getValue().path("hosts").forEach(h -> found.add(h.asText())));
        return found.stream().distinct().toList();
    }

    private static List<String> hosts(JsonNode listed, String group) {
        var found = new ArrayList<String>();
        listed.path(group).path("hosts").forEach(h -> found.add(h.asText()));
        return found;
    }

    private static List<String> removed(String before, String after) {
        var left = new ArrayList<>(List.of(after.split("\n", -1)));
        return Stream.of(before.split("\n", -1)).filter(l -> !left.remove(l)).toList();
    }

    /** The lines that are gone and those that are new, as they are: a carriage return shows as {@code \r}. */
    private static String diff(String before, String after) {
        var out = new StringBuilder();
        removed(before, after)
                .forEach(l -> out.append("- ").append(l.replace("\r", "\\r")).append('\n'));
        removed(after, before)
                .forEach(l -> out.append("+ ").append(l.replace("\r", "\\r")).append('\n'));
        return out.toString();
    }

    private static void golden(String part, String said) throws IOException {
        var file = FOLDER.resolve("expected-" + part + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, said);
        }
        assertThat(said).isEqualTo(Files.readString(file));
    }

    private JsonNode list(String name, String text) throws Exception {
        var folder = Files.createTempDirectory(scratch, "list");
        var file = folder.resolve(name.equals("12-hosts") ? "hosts" : name.endsWith("ini") ? "hosts.ini" : "hosts.yml");
        Files.writeString(file, text);
        return (InventoryFile.plugin(file).equals("yaml") ? yaml : ini).list(file);
    }
}
