package dev.playcall.venv.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.venv.analysis.PlaybookAnalyzer.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The hash of a playbook with its roles and includes: forty rewritings of five keep it, and forty changes of a value do not; nor do those that
 * a seeded generator makes. {@code -Drewritings=1000} makes more of them.
 */
class PlaybookHashTest {
    private static final int EACH = 8;
    private static final int SEEDED = Integer.getInteger("rewritings", 60);

    /** Files below playbooks/, of which site.yml is the playbook. */
    private static final List<Map<String, String>> PLAYBOOKS = List.of(
            Map.of("site.yml", """
                - hosts: all
                  become: true
                  vars: { port: 8080, name: "web", modes: [0644, "0755"] }
                  tasks:
                    - name: say
                      debug: { msg: "{{ port }} of {{ name }}" }
                      when: port > 80
                """),
            Map.of(
                    "site.yml",
                    """
                    - hosts: web
                      roles:
                        - { role: front, size: 3 }
                      tasks: []
                    """,
                    "roles/front/tasks/main.yml",
                    """
                    - apt: { name: nginx, state: present }
                    - include_tasks: more.yml
                    """,
                    "roles/front/tasks/more.yml",
                    "- service: { name: nginx, state: started, enabled: yes }\n",
                    "roles/front/defaults/main.yml",
                    "size: 1\ncolours: [red, green]\n"),
            Map.of("site.yml", """
                - import_playbook: base.yml
                - hosts: db
                  serial: 1
                  tasks:
                    - community.postgresql.postgresql_db: { name: shop, owner: shop }
                """, "base.yml", "- hosts: all\n  tasks:\n    - setup: { gather_subset: min }\n"),
            Map.of("site.yml", """
                - hosts: localhost
                  gather_facts: false
                  tasks:
                    - block:
                        - uri: { url: "http://127.0.0.1/", status_code: [200, 204] }
                        - set_fact: { seen: true }
                      rescue:
                        - fail: { msg: "down" }
                      always:
                        - debug: { var: seen }
                """),
            Map.of("site.yml", """
                - hosts: all
                  tasks:
                    - import_tasks: tasks/one.yml
                    - template: { src: a.j2, dest: /etc/a, mode: "0600" }
                      loop: [1, 2, 3]
                      notify: again
                  handlers:
                    - name: again
                      command: /bin/true
                """, "tasks/one.yml", "- copy: { content: \"a: b # c\", dest: /tmp/x }\n"));

    private static final List<UnaryOperator<String>> REWRITINGS = List.of(
            text -> text.replaceAll("(?m)$", "   # as agreed"),
            text -> text.replace("\n", "\r\n"),
            text -> "\ufeff" + text,
            text -> "# first\n---\n\n" + text.replace("\n", "\n\n") + "...\n",
            text -> dumped(tree(text), DumperOptions.FlowStyle.BLOCK, 7),
            text -> dumped(tree(text), DumperOptions.FlowStyle.FLOW, 2),
            text -> dumped(reversed(tree(text)), DumperOptions.FlowStyle.BLOCK, 4),
            text -> json(tree(text)));

    @TempDir
    private Path folder;

    private int project;

    private static Object tree(String text) {
        return new Yaml().load(text);
    }

    private static String dumped(Object tree, DumperOptions.FlowStyle style, int indent) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(style);
        options.setIndent(indent);
        options.setWidth(40);
        return new Yaml(options).dump(tree);
    }

    private static String json(Object tree) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the keys of every mapping in the other order, and lists as they are. */
    private static Object reversed(Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                var other = new LinkedHashMap<Object, Object>();
                List.copyOf(map.entrySet()).reversed().forEach(e -> other.put(e.getKey(), reversed(e.getValue())));
                yield other;
            }
            case List<?> list -> list.stream().map(PlaybookHashTest::reversed).toList();
            default -> tree;
        };
    }

    private String hash(Map<String, String> files) throws IOException {
        var playbooks = folder.resolve("p" + project++).resolve("playbooks");
        for (var file : files.entrySet()) {
            var path = playbooks.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return new PlaybookAnalyzer(
                        playbooks, () -> new RolesPath(playbooks.resolveSibling(""), Optional.empty()), () -> ">=2.14")
                .analyze(playbooks.resolve("site.yml"), Needs.NONE)
                .sha256();
    }

    private static Map<String, String> rewritten(Map<String, String> files, UnaryOperator<String> how) {
        return files.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> how.apply(e.getValue())));
    }

    @Test
    void fortyRewritingsOfFivePlaybooksKeepTheirHash() throws IOException {
        int rewritings = 0;
        for (var playbook : PLAYBOOKS) {
            var hash = hash(playbook);
            for (var how : REWRITINGS) {
                var rewritten = rewritten(playbook, how);
                assertThat(rewritten).isNotEqualTo(playbook);
                assertThat(hash(rewritten)).as("%s", rewritten).isEqualTo(hash);
                rewritings++;
            }
        }
        assertThat(rewritings).isEqualTo(40);
    }

    @Test
    void seededRewritingsKeepItAndSeededChangesOfOneValueDoNot() throws IOException {
        var random = new Random(22);
        var hashes = new HashSet<String>();
        var texts = new HashSet<String>();
        for (var playbook : PLAYBOOKS) {
            hashes.add(hash(playbook));
        }
        for (int i = 0; i < SEEDED; i++) {
            var playbook = PLAYBOOKS.get(i % PLAYBOOKS.size());
            var rewritten = rewritten(playbook, text -> SeededYaml.rewritten(text, random));
            assertThat(hash(rewritten)).as("%s", rewritten).isEqualTo(hash(playbook));
            var name = List.copyOf(new TreeSet<>(playbook.keySet())).get(random.nextInt(playbook.size()));
            var tree = SeededYaml.changed(tree(playbook.getOrDefault(name, "")), random);
            if (texts.add(name + i % PLAYBOOKS.size() + json(tree))) {
                assertThat(hashes.add(hash(with(playbook, name, tree))))
                        .as("%s", tree)
                        .isTrue();
            }
        }
    }

    @Test
    void whatAnchorsAndMergesStandForIsWhatCounts() throws IOException {
        var plain = "- hosts: all\n  vars: { a: { x: 1, y: 2 }, b: { x: 1, y: 3 }, c: [1, 2], d: [1, 2] }\n";
        var short_ = "- hosts: all\n"
                + "  vars:\n"
                + "    a: &a { x: 1, y: 2 }\n"
                + "    b: { <<: *a, y: 3 }\n"
                + "    c: &c [1, 2]\n"
                + "    d: *c\n";
        assertThat(hash(Map.of("site.yml", short_))).isEqualTo(hash(Map.of("site.yml", plain)));
    }

    @Test
    void fortyChangesOfOneValueOrOfAnOrderEachGiveAnotherHash() throws IOException {
        var hashes = new HashSet<String>();
        for (var playbook : PLAYBOOKS) {
            hashes.add(hash(playbook));
            for (var changed : changed(playbook)) {
                hashes.add(hash(changed));
            }
        }
        assertThat(hashes).hasSize(PLAYBOOKS.size() * (EACH + 1));
    }

    /** One value is another, seven times, and once a list or a mapping of the playbook has one more entry. */
    private static List<Map<String, String>> changed(Map<String, String> playbook) {
        var all = new ArrayList<Map<String, String>>();
        all.add(with(playbook, "site.yml", longer(tree(playbook.getOrDefault("site.yml", "")))));
        for (int nth = 0; all.size() < EACH; nth++) {
            for (var name : playbook.keySet().stream().sorted().toList()) {
                var left = new int[] {nth};
                var other = other(tree(playbook.getOrDefault(name, "")), left);
                if (left[0] < 0 && all.size() < EACH) {
                    all.add(with(playbook, name, other));
                }
            }
        }
        return all;
    }

    private static Map<String, String> with(Map<String, String> playbook, String name, Object tree) {
        var files = new LinkedHashMap<>(playbook);
        files.put(name, json(tree));
        return files;
    }

    private static Object longer(Object tree) {
        if (tree instanceof List<?> list) {
            var more = new ArrayList<Object>(list);
            more.add(Map.of("hosts", "more"));
            return more;
        }
        var more = new LinkedHashMap<Object, Object>((Map<?, ?>) tree);
        more.put("more", 1);
        return more;
    }

    /** With the value changed that is reached after so many others. */
    private static Object other(Object tree, int[] left) {
        return switch (tree) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((k, v) -> copy.put(k, other(v, left)));
                yield copy;
            }
            case List<?> list ->
                IntStream.range(0, list.size())
                        .mapToObj(i -> other(list.get(i), left))
                        .toList();
            default -> left[0]-- == 0 ? tree + "x" : tree;
        };
    }
}
