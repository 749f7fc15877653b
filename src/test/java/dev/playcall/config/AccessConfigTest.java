package dev.playcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.domain.name.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code access:} is read, and what is said of mistakes in it. */
class AccessConfigTest {
    @TempDir
    private Path home;

    private Config load(String text, Map<String, String> environment) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/playcall.yml"), text);
        return ConfigFile.load(home, Optional.empty(), environment);
    }

    private String problems(String text) {
        return catchThrowableOfType(ConfigException.class, () -> load(text, Map.of())).problems().stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void rolesAndBindingsAreReadWithTheirLimits() throws IOException {
        var access = load("""
            access:
              roles:
                releaser: { permissions: [start, cancel], includes: viewer, operations: [deploy, "roll*"] }
              bindings:
                - { role: [releaser, approver], people: ["${BOSS}", "web:*"], environments: [production] }
                - { role: viewer, groups: [slack:S0DEV, discord:42], channels: [slack:C1] }
              people:
                - [slack:U1, discord:7]
            """, Map.of("BOSS", "slack:U1")).access();
        var role = access.roles().get("releaser");
        assertThat(role).isNotNull();
        assertThat(role.permissions()).containsExactly("cancel", "start");
        assertThat(role.includes()).containsExactly("viewer");
        assertThat(role.reach().operations()).containsExactly("deploy", "roll*");
        assertThat(access.bindings().getFirst().roles()).containsExactly("approver", "releaser");
        assertThat(access.bindings().getFirst().people()).containsExactly("slack:U1", "web:*");
        assertThat(access.bindings().getFirst().reach().environments()).containsExactly("production");
        assertThat(access.groups("slack")).containsExactly("slack:S0DEV");
        assertThat(access.people()).isEqualTo(List.of(Set.of(new Person("slack:U1"), new Person("discord:7"))));
    }

    @Test
    void everyMistakeIsToldWithItsPlace() {
        assertThat(problems("""
            access:
              roles:
                admin: { permissions: [view] }
                Boss: { permissions: [strat] }
                empty: {}
                one: { includes: [two] }
                two: { includes: [one], enviroments: [x] }
              bindings:
                - { role: oprator, people: [slack:U1] }
                - { people: [bob] }
                - { role: viewer }
                - { role: viewer, people: ["*"], environments: [] }
                - { role: viewer, groups: [slack:U1], channels: ["#ops"] }
                - nonsense
              people:
                - [slack:U1]
                - [slack:U1, bob]
            """)).isEqualTo("""
                config/playcall.yml:3: access.roles.admin: is built in; give yours another name
                config/playcall.yml:4: access.roles.Boss: a role has lower case letters, digits, - and _
                config/playcall.yml:4: access.roles.Boss.permissions: there is no permission "strat", there are view, start, adhoc, adhoc.shell, cancel, approve, lock, unlock, override, hosts, secrets, tokens, people, audit, sync, venv, agent.ingest, admin; did you mean start?
                config/playcall.yml:5: access.roles.empty.permissions: a role needs some: view, start, adhoc, adhoc.shell, cancel, approve, lock, unlock, override, hosts, secrets, tokens, people, audit, sync, venv, agent.ingest, admin
                config/playcall.yml:7: access.roles.two.enviroments: no such key; did you mean environments?
                config/playcall.yml:6: access.roles.one.includes: this role includes itself
                config/playcall.yml:7: access.roles.two.includes: this role includes itself
                config/playcall.yml:14: access.bindings[5]: must be a mapping (key: value)
                config/playcall.yml:9: access.bindings[0].role: there is no role "oprator", there are Boss, admin, approver, empty, one, operator, two, viewer; did you mean operator?
                config/playcall.yml:10: access.bindings[1].role: is required, as in role: operator
                config/playcall.yml:10: access.bindings[1].people: "bob" is not a person (slack:U0123, discord:42, web:alice, slack:*)
                config/playcall.yml:11: access.bindings[2].people: this binding has no members: add people, groups or channels
                config/playcall.yml:12: access.bindings[3].environments: is empty; omit it for no limit
                config/playcall.yml:13: access.bindings[4].groups: "slack:U1" is not a group (a Slack user group slack:S0123, a Discord role discord:42)
                config/playcall.yml:13: access.bindings[4].channels: "#ops" is not a channel (slack:C0123, discord:987, console:main, api)
                config/playcall.yml:16: access.people: one human has at least two: [slack:U0123, discord:42]
                config/playcall.yml:17: access.people: must be a person (slack:U0123, discord:42)
                config/playcall.yml:17: access.people: one human has at least two: [slack:U0123, discord:42]\
                """);
    }
}
