package dev.playcall.catalog.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inventories as people write them: a change touches the lines that say it and no others. */
class HostsEditTest {
    private static final TreeMap<String, String> NONE = new TreeMap<>();

    private static Stream<Arguments> awkward() {
        return Stream.of(
                Arguments.of("comments everywhere", """
                    # who may touch this: ops
                    all:
                      children:
                        web:   # the front
                          hosts:
                            web-1:   # old one
                            web-2:
                            # web-3 is in repair
                          vars: { http_port: 8080 }   # as agreed

                        # the back
                        db:
                          hosts:
                            db-1: { ansible_host: 10.0.0.9 }
                    """, "+        web-9:"),
                Arguments.of("octal numbers and odd spaces", """
                    all:
                        vars:
                            file_mode: 0644
                            when:   12:30:00
                            off:     NO
                        children:
                            web:
                                hosts:
                                    web-1:
                    """, "+                web-9:"),
                Arguments.of("flow style", """
                    all: { children: { web: { hosts: { web-1: , web-2: {ansible_port: 2222} } }, db: {hosts: {db-1: }} } }
                    """, "web-2: {ansible_port: 2222}, web-9: }"),
                Arguments.of("vault strings", """
                    web:
                      vars:
                        password: !vault |
                          $ANSIBLE_VAULT;1.1;AES256
                          6162636465666768
                      hosts:
                        web-1:
                          token: !vault |
                            $ANSIBLE_VAULT;1.1;AES256
                            3132333435363738
                    db:
                      hosts: { db-1: }
                    """, "+    web-9:"),
                Arguments.of("anchors and merges beside it", """
                    defaults: &defaults
                      vars: &v
                        ansible_user: deploy
                    web:
                      vars:
                        <<: *v
                        region: "eu # not a comment"
                      hosts:
                        web-1:
                    """, "+    web-9:"),
                Arguments.of("no hosts yet", """
                    all:
                      children:
                        web:
                        db:
                          hosts:
                            db-1:
                    """, "+      hosts:"),
                Arguments.of("no end of the last line", "web:\n  hosts:\n    web-1:", "+    web-9:"),
                Arguments.of("lines of Windows", "web:\r\n  hosts:\r\n    web-1:\r\n    # end\r\n", "+    web-9:"),
                Arguments.of("quoted names and empty flow", """
                    "web":
                      hosts: {}
                    "db":
                      hosts:
                        'db-1': {}
                    """, "+  hosts: {web-9: }"),
                Arguments.of("several groups, text blocks and a document start", """
                    ---
                    db:
                      hosts:
                        db-1:
                      vars:
                        motd: |
                          hosts:
                            web-1: is not a host

                    web:
                      hosts:
                        web-1: {}
                        web-2:
                          note: >-
                            folded
                            text
                    """, "+    web-9:"));
    }

    private static List<AbstractDelta<String>> changes(String before, String after) {
        return DiffUtils.diff(before.lines().toList(), after.lines().toList()).getDeltas();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("awkward")
    void aHostIsAddedAndTakenOutAgainAndNothingElseMoves(String name, String text, String shown)
            throws RefusedException {
        var added = HostsEdit.of(text).add("web-9", "web", NONE);
        assertThat(changes(text, added)).as(added).hasSize(1).first().satisfies(d -> {
            assertThat(d.getTarget().getLines().size()).isLessThanOrEqualTo(2);
            var target = String.join("\n", d.getTarget().getLines());
            assertThat(target).contains(shown.startsWith("+") ? shown.substring(1) : shown);
        });
        assertThat(added.contains("\r\n")).isEqualTo(text.contains("\r\n"));
        var removed = HostsEdit.of(added).remove("web-9");
        var left = changes(text, removed);
        boolean emptied = name.equals("no hosts yet") || name.equals("quoted names and empty flow");
        assertThat(left).as(removed).hasSizeLessThanOrEqualTo(emptied ? 1 : 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("awkward")
    void aTagIsAGroupThatComesAndGoes(String name, String text, String shown) throws RefusedException {
        var with = HostsEdit.of(text).add("web-9", "web", NONE);
        var tagged = HostsEdit.of(with).tag("web-9", "canary");
        assertThat(changes(with, tagged)).as(tagged).hasSize(1);
        var untagged = HostsEdit.of(tagged).untag("web-9", "canary");
        assertThat(changes(tagged, untagged)).as(untagged).hasSize(1);
        assertThat(HostsEdit.of(untagged).remove("web-9")).doesNotContain("web-9");
    }

    @Test
    void connectionDataIsWrittenAsDataAndTemplatesAreRefused() throws RefusedException {
        var given = HostsEdit.variables(Map.of("ansible_host", "10.0.0.4", "ansible_port", "2222", "note", "a \"b\""));
        assertThat(HostsEdit.of("web:\n  hosts:\n    web-1:\n").add("web-9", "web", given))
                .contains("    web-9: {ansible_host: 10.0.0.4, ansible_port: 2222, note: \"a \\\"b\\\"\"}");
        for (var bad : List.of(
                Map.of("note", "{{ lookup('pipe', 'id') }}"),
                Map.of("ansible_ssh_common_args", "-o ProxyCommand=id"),
                Map.of("ansible_connection", "local"),
                Map.of("ansible_host", "-oProxyCommand=id"),
                Map.of("note", "a\nb"))) {
            assertThatThrownBy(() -> HostsEdit.variables(bad)).as("%s", bad).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void whatCannotBeDoneWithoutTouchingMoreIsRefused() {
        assertThatThrownBy(() -> HostsEdit.of("web:\n  hosts: &h\n    web-1:\ndb:\n  hosts: *h\n")
                        .add("web-9", "db", NONE))
                .hasMessageContaining("shared by an anchor");
        assertThatThrownBy(
                        () -> HostsEdit.of("web:\n  hosts:\n    web-[1:3]:\n").remove("web-2"))
                .hasMessageContaining("range");
        assertThatThrownBy(() -> HostsEdit.of("web:\n  hosts:\n    web-1:\n").add("web-1", "web", NONE))
                .hasMessageContaining("already exists; it is in web");
        assertThatThrownBy(() -> HostsEdit.of("web:\n  hosts:\n    web-1:\n").untag("web-1", "web"))
                .hasMessageContaining("would disappear");
        assertThatThrownBy(() -> HostsEdit.of("web:\n  hosts:\n    web-1: &x {a: 1}\n    web-2: *x\n")
                        .remove("web-1"))
                .hasMessageContaining("anchor");
    }

    /** Whatever stands for an inventory without hosts gets its first host and its first group by command. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "# ours",
                "---\n",
                "--- # ours\n",
                "---\n# ours\n",
                "{}\n",
                "all:\n",
                "all: {}\n",
                "all: { hosts: {} }\n",
                "all:\n  hosts:\n",
                "all:\n  children: {}\n"
            })
    void anEmptyFileGetsItsFirstHost(String text) throws RefusedException {
        var one = HostsEdit.of(text).add("web-1", "all", new TreeMap<>());
        assertThat(one).startsWith(text.strip().startsWith("#") ? "# ours" : "");
        var group = HostsEdit.of(one).addGroup("web");
        var two = HostsEdit.of(group).add("web-2", "web", new TreeMap<>());
        assertThat(HostsEdit.of(two).remove("web-2")).contains("web-1").doesNotContain("web-2");
    }
}
