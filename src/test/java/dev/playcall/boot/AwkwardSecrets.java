package dev.playcall.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ten secrets of awkward shapes, a playbook that says them in every way it can, and how they may be written. */
final class AwkwardSecrets {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Map<String, String> ALL = all();

    private AwkwardSecrets() {}

    private static Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        all.put("plain", "S3cr3t-plain-0123456789");
        all.put("quotes", "it's \"quoted\" and \\back\\ slashed");
        all.put("json", "{\"user\":\"robot\",\"pass\":\"hunter-two\"}");
        all.put("lines", "-----BEGIN THING-----\nbGluZSBvbmUgb2YgaXQ=\n  indented line two\n-----END THING-----");
        all.put("unicode", "пароль-ключ-ß-値-🔑");
        all.put("address", "a b+c%2F/d?e=f&g#h<i>");
        all.put("braces", "{{ lookup('env', 'HOME') }}-and-{% raw %}");
        all.put("shell", "$(touch PWNED);`id`|&>x");
        all.put("dashes", "-rf --help  two  blanks");
        all.put("short", "Zq9!k");
        return all;
    }

    /** The first of them goes into the environment, the others are variables. */
    static String meta() {
        var text = new StringBuilder("title: Deploy with secrets\nvariables:\n");
        text.append("  PLAIN_TOKEN: { secret: { name: plain, as: environment } }\n");
        ALL.keySet().stream()
                .skip(1)
                .forEach(name -> text.append("  s_" + name + ": { secret: { name: " + name + " } }\n"));
        return text.append("  given: { secret: true, required: true }\n").toString();
    }

    /** Says each of them in every way, and waits until the file is there. */
    static String playbook(Path goOn) {
        var tasks = new StringBuilder();
        ALL.keySet().stream().skip(1).forEach(name -> tasks.append("""
                    - name: Say s_NAME
                      ansible.builtin.debug:
                        msg: "plain {{ s_NAME }} json {{ s_NAME | to_json }} base64 {{ s_NAME | b64encode }} more {{ ('user:' ~ s_NAME) | b64encode }} url {{ s_NAME | urlencode }} quoted {{ s_NAME | quote }} html {{ s_NAME | e }}"
                    - name: Pipe s_NAME
                      ansible.builtin.command: { cmd: cat, stdin: "{{ s_NAME }}" }
                      changed_when: false
                      register: said
                    - ansible.builtin.debug: { var: said }
                    - name: Stumble over s_NAME
                      ansible.builtin.fail: { msg: "it is {{ s_NAME }}" }
                      ignore_errors: true
                """.replace("NAME", name)));
        return """
                - name: Use secrets
                  hosts: all
                  gather_facts: false
                  tasks:
                    - ansible.builtin.debug: { msg: "from outside {{ lookup('env', 'PLAIN_TOKEN') }} and {{ given }}" }
                    - ansible.builtin.set_fact: { kept: "{{ given }}", list: ["{{ given }}"] }
                    - ansible.builtin.debug: { msg: "{{ item }}" }
                      loop: "{{ list }}"
                    - name: Wait
                      ansible.builtin.wait_for: { path: %s, timeout: 120 }
                """.formatted(goOn) + tasks + """
                    - name: Give up over {{ given }}
                      ansible.builtin.fail: { msg: "all of them: {{ given }} {{ s_quotes }} {{ s_lines }} {{ s_unicode }} {{ lookup('env', 'PLAIN_TOKEN') }}" }
                """;
    }

    /** How it may be written; a piece that is short could be anything. */
    static Set<String> spellings(String value) throws IOException {
        var all = new LinkedHashSet<String>();
        all.add(value);
        value.lines().map(String::strip).forEach(all::add);
        for (var text : List.copyOf(all)) {
            var json = JSON.writeValueAsString(text);
            all.add(json.substring(1, json.length() - 1));
            all.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
            all.add(Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }
        all.removeIf(s -> s.length() < 5);
        return all;
    }
}
