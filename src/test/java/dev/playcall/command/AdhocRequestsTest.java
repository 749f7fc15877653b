package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunType;
import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.security.secret.SecretText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a module is accepted, from whom, and what the run is then. */
class AdhocRequestsTest {
    private static final String ROOT = "web:root";

    @TempDir
    private Path home;

    private CommandFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, """
              roles:
                prober: { permissions: [view, adhoc] }
              bindings:
                - { role: admin, people: [web:root] }
                - { role: prober, people: [web:probe] }
                - { role: operator, people: [web:oper] }
              policies:
                - { environments: [staging], operations: [adhoc], approvals: 1 }
            adhoc:
              modules: [ping, setup, command, shell, service, community.general.ufw]
            """);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static StartCommand adhoc(String module, String text, Map<String, Object> arguments) {
        return CommandFixture.start("adhoc", "production")
                .with(arguments)
                .with(Optional.of(new AdhocTask(module, text, false)));
    }

    private String refused(StartCommand command) {
        return fixture.say(ROOT, command) instanceof Reply.Invalid invalid ? invalid.line() : "was not refused";
    }

    private String denied(String person, StartCommand command) {
        return fixture.say(person, command) instanceof Reply.Denied denied ? denied.line() : "was not denied";
    }

    @Test
    void theRunIsOfOneModuleAndHoldsTheLockOfThatModuleThere() {
        var run = fixture.asked(ROOT, adhoc("service", "", Map.of("name", "nginx", "state", "restarted")));
        var request = run.request();
        assertThat(RunType.of(request.operation())).isEqualTo(RunType.ADHOC);
        assertThat(request.playbook()).isEmpty();
        assertThat(request.lock()).isEqualTo("adhoc:service:production");
        assertThat(request.what()).contains("service name=nginx state=restarted");
        assertThat(request.servers()).isEqualTo(3);
        assertThat(fixture.now(run).request()).isEqualTo(request);
    }

    @Test
    void aModuleThatIsNotAllowedIsRefusedWithThoseThatAreAndTheKey() {
        assertThat(refused(adhoc("apt", "", Map.of())))
                .contains("module \"apt\" is not allowed", "ping, setup, command, shell, service", "adhoc.modules");
        assertThat(refused(adhoc("servce", "", Map.of()))).contains("did you mean service?");
        assertThat(refused(adhoc("ufw", "", Map.of()))).contains("is not allowed");
        assertThat(refused(adhoc("../ping", "", Map.of()))).contains("is not allowed");
        assertThat(refused(adhoc("", "", Map.of()))).contains("which module?");
        assertThat(refused(CommandFixture.start("adhoc", "production"))).contains("which module?");
    }

    @Test
    void whatComesWithAnsibleMayBeNamedInFull() {
        var run = fixture.asked(ROOT, adhoc("ansible.builtin.ping", "", Map.of()));
        assertThat(run.request().task()).contains(AdhocTask.PING);
        assertThat(fixture.asked(ROOT, adhoc("community.general.ufw", "", Map.of()))
                        .request()
                        .lock())
                .isEqualTo("adhoc:community.general.ufw:production");
    }

    @Test
    void freeTextIsForCommandAndShellAndNeedsItsOwnRight() {
        assertThat(refused(adhoc("service", "nginx restarted", Map.of()))).contains("key=value");
        assertThat(refused(adhoc("shell", " ", Map.of()))).contains("what should shell execute?");
        assertThat(denied("web:probe", adhoc("shell", "id", Map.of()))).contains("command or shell with free text");
        assertThat(denied("web:probe", adhoc("command", "", Map.of("cmd", "id"))))
                .contains("free text");
        assertThat(denied("web:oper", adhoc("ping", "", Map.of()))).contains("you may not start adhoc");
        assertThat(denied("web:probe", CommandFixture.start("deploy", "production")))
                .contains("deploy");
        assertThat(fixture.asked("web:probe", adhoc("ping", "", Map.of()))
                        .request()
                        .what())
                .contains("ping");
        assertThat(fixture.asked(ROOT, adhoc("shell", "id; echo '{{ x }}'", Map.of()))
                        .request()
                        .task())
                .contains(new AdhocTask("shell", "id; echo '{{ x }}'", false));
    }

    @Test
    void anArgumentIsDataOfItsKind() {
        Map<String, Object> arguments = Map.of(
                "name",
                "{{ lookup('pipe', 'id') }}",
                "enabled",
                true,
                "sleep",
                2,
                "pattern",
                List.of("@/etc/passwd", ";"));
        assertThat(fixture.asked(ROOT, adhoc("service", "", arguments))
                        .request()
                        .variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "name", new Value.Text("{{ lookup('pipe', 'id') }}"),
                        "enabled", new Value.Flag(true),
                        "sleep", new Value.Decimal(BigDecimal.valueOf(2)),
                        "pattern", new Value.Items(List.of("@/etc/passwd", ";"))));
    }

    @Test
    void anArgumentThatIsNoneIsRefusedInOneLine() {
        for (var name : List.of("_raw_params", "a-b", "a b", "{{ x }}", "", "a\nb: c", "\u202ename")) {
            assertThat(refused(adhoc("service", "", Map.of(name, "x"))))
                    .as(name)
                    .contains("is not the name");
        }
        assertThat(refused(adhoc("service", "", Map.of("name", "a\u202eb")))).contains("cannot be seen");
        assertThat(refused(adhoc("shell", "id\u0000", Map.of()))).contains("cannot be seen");
        assertThat(refused(adhoc("shell", "x".repeat(2001), Map.of()))).contains("2001 characters");
        assertThat(refused(adhoc("service", "", Map.of("name", List.of(1))))).contains("must be a text");
    }

    @Test
    void aSecretIsOnlyTakenAsSuchAndShownAsSuch() {
        assertThat(refused(adhoc("service", "", Map.of("login_password", "hunter2"))))
                .contains("cannot be given in clear");
        var run = fixture.asked(
                ROOT,
                adhoc(
                        "service",
                        "",
                        Map.of("login_password", new SecretText("hunter2x"), "update_password", "always")));
        assertThat(run.request().what()).contains("service login_password=[secret] update_password=always");
        assertThat(run.toString()).doesNotContain("hunter2x");
        assertThat(refused(adhoc("shell", "echo hunter2x", Map.of()))).contains("secret");
    }

    @Test
    void itWaitsForApprovalsAsAnyOtherRunAndIsSealed() {
        var run = fixture.asked(ROOT, adhoc("shell", "id", Map.of()).in("staging"));
        assertThat(run.approvalState().terms().approvals()).isEqualTo(1);
        var digest = run.approvalState().terms().contentDigest();
        var other = fixture.asked(ROOT, adhoc("shell", "id2", Map.of()).in("staging"));
        assertThat(digest)
                .isPresent()
                .isNotEqualTo(other.approvalState().terms().contentDigest());
    }

    @Test
    void optionsOfPlaybooksDoNotApply() {
        var ping = adhoc("ping", "", Map.of());
        assertThat(refused(ping.with(new AnsibleOptions(List.of("a"), 0, "", false))))
                .contains("do not apply");
        assertThat(refused(ping.with(new AnsibleOptions(List.of(), 5, "", false))))
                .contains("-vvvv");
        var deploy = CommandFixture.start("deploy", "production");
        assertThat(refused(deploy.with(new AnsibleOptions(List.of("--x"), 0, "", false))))
                .contains("is not a tag");
        assertThat(refused(deploy.with(new AnsibleOptions(List.of(), 0, "a\nb", false))))
                .contains("name of a task");
        assertThat(refused(deploy.with(Optional.of(AdhocTask.PING)))).contains("only adhoc takes a module");
        assertThat(refused(CommandFixture.start("validate", "production")
                        .with(new AnsibleOptions(List.of(), 1, "", false))))
                .contains("-v");
        var options = new AnsibleOptions(List.of("slow", "db"), 3, "Copy *", true);
        Run run = fixture.asked(ROOT, deploy.with(options));
        assertThat(fixture.now(run).request().options()).isEqualTo(options);
        assertThat(options.words()).isEqualTo("--skip-tags slow,db --start-at-task \"Copy *\" -vvv --flush-cache");
    }

    @Test
    void slicesAreForThoseWhoMayOverrideALock() {
        var deploy = CommandFixture.start("deploy", "production");
        var two = deploy.with(new AnsibleOptions(List.of(), 0, "", false, Optional.of(2)));
        assertThat(fixture.say("web:oper", two))
                .isInstanceOfSatisfying(
                        Reply.Denied.class,
                        d -> assertThat(d.message()).startsWith("slices other than 1 take the permission override; "));
        var run = fixture.asked(ROOT, two);
        assertThat(fixture.now(run).request().options().words()).isEqualTo("--slices 2");
        var one = deploy.with(new AnsibleOptions(List.of(), 0, "", false, Optional.of(1)));
        assertThat(fixture.asked("web:oper", one).request().options().slices()).contains(1);
    }

    @Test
    void aPingNeedsNoPlaybook() throws IOException {
        Files.delete(home.resolve("playbooks/ping.yml"));
        Files.delete(home.resolve("playbooks/ping.meta.yml"));
        fixture.later(Duration.ofSeconds(2));
        var request = fixture.asked("web:oper", CommandFixture.start("ping", "production"))
                .request();
        assertThat(request.task()).contains(AdhocTask.PING);
        assertThat(request.lock()).isEqualTo("ping/production");
        assertThat(RunType.of(request.operation())).isEqualTo(RunType.PLAYBOOK);
    }
}
