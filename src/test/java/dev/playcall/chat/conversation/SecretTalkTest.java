package dev.playcall.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.background.BackgroundService;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.message.Action.Kind;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.TextRenderer;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.command.maintenance.RunMaintenance;
import dev.playcall.command.router.AuditFilter;
import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.OpenAccess;
import dev.playcall.testing.Rules;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in a conversation: they come through forms, and nothing that is kept or said holds one. */
class SecretTalkTest {
    private static final Caller ALICE = new Caller(new Person("slack:alice"), Origin.of("slack:C1"));
    private static final Caller BOB = new Caller(new Person("slack:bob"), Origin.of("slack:C1"));
    private static final Caller TERMINAL = new Caller(new Person("console:carol"), Origin.of("console:main"));
    private static final String HUSH = "correct-horse-battery";

    @TempDir
    Path home;

    private Database database;
    private RunJournal journal;
    private ChatService chatService;
    private SecretService secrets;
    private BackgroundService spent;

    @BeforeEach
    void open() throws IOException {
        write("inventory/production/hosts.yml", "all: { hosts: { web-1: } }\n");
        write("playbooks/deploy.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/deploy.meta.yml", """
            variables:
              version: { type: version }
              password: { secret: true, required: true }
            """);
        write("playbooks/wipe.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/wipe.meta.yml", """
            danger: high
            variables: { pin: { secret: true, required: true, pattern: "[a-z-]+" } }
            """);
        write("playbooks/update.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/update.meta.yml", """
            variables: { TOKEN: { secret: { name: api_token, as: environment } } }
            """);
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var clock = Clock.systemUTC();
        Files.createDirectories(config.paths().data());
        database = Database.open(config.store().url(), clock);
        journal = new RunJournal(database.events(), clock);
        secrets = MemorySecrets.vault(database.secrets(), home.resolve("keys/k.json"), new Redactor(List.of()));
        chatService = talk(config, OpenAccess.of(database));
        spent = RunMaintenance.oneTimeSecrets(journal, secrets);
        spent.start();
    }

    private ChatService talk(Config config, Rights rights) throws IOException {
        var clock = Clock.systemUTC();
        var catalogs = new DiskCatalogs(config, clock);
        return new ChatService(
                new QuerySources(
                        catalogs,
                        journal,
                        new FileLogs(home.resolve("logs")),
                        database.schedules(),
                        dev.playcall.testing.NoAlerts.of(database)),
                new AuditFilter(
                        new TestRouter(catalogs, journal, rights, secrets),
                        Audits.of(database, home.resolve("data")),
                        journal),
                new RunCards(journal, database.chat(), clock, Rules.NOTHING_WAITS),
                database.chat(),
                rights,
                Audits.of(database, home.resolve("data")),
                secrets,
                (_, hosts, _) -> hosts);
    }

    @AfterEach
    void close() {
        spent.close();
        database.close();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    private static String text(Answer answer) {
        return new TextRenderer(200, false).render(answer.message());
    }

    private Run run(Answer answer) {
        return answer.run().flatMap(journal.read()::find).orElseThrow(() -> new AssertionError(text(answer)));
    }

    private void keep(String name, String value) {
        secrets.set(SecretRef.global(name), SecretKind.TEXT, new SecretText(value), ALICE.person());
    }

    private static Value.Secret secret(Run run, String variable) {
        return (Value.Secret)
                Optional.ofNullable(run.request().variables().get(variable)).orElseThrow();
    }

    /** Everything on the disk but the keys, in which nothing may be found. */
    private boolean isOnTheDisk(String value) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).anyMatch(f -> holds(f, value));
        }
    }

    private static boolean holds(Path file, String value) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(value);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aSecretIsSetThroughAFormAndNeverShownAgain() throws IOException {
        var asked = chatService.answerText(ALICE, "secret set db_password production");
        var form = asked.form().orElseThrow();
        assertThat(form.fields())
                .singleElement()
                .satisfies(f -> assertThat(f.secret()).isTrue());
        assertThat(chatService.lacksSomething(List.of("secret", "set", "db_password")))
                .isTrue();
        var done = chatService.submit(ALICE, form.request(), Map.of("value", HUSH));
        assertThat(text(done)).contains("production/db_password").doesNotContain(HUSH);
        assertThat(text(chatService.answerText(ALICE, "secret list"))).contains("production/db_password", "alice");
        assertThat(secrets.find(new EnvironmentName("production"), "db_password"))
                .isPresent();
        assertThat(isOnTheDisk(HUSH)).isFalse();
        assertThat(chatService
                        .answerText(ALICE, "secret remove db_password production")
                        .refused())
                .isFalse();
        assertThat(text(chatService.answerText(ALICE, "secret list"))).doesNotContain("production/db_password");
    }

    @Test
    void aFormBelongsToWhoAskedForIt() {
        var form =
                chatService.answerText(ALICE, "secret set db_password").form().orElseThrow();
        assertThat(chatService
                        .submit(BOB, form.request(), Map.of("value", HUSH))
                        .refused())
                .isTrue();
        assertThat(secrets.list()).isEmpty();
    }

    @Test
    void aValueTypedIntoTheChannelIsRefusedAndSaidToBeChanged() throws IOException {
        for (var line : List.of(
                "secret set db_password " + HUSH + "!",
                "secret set db_password production " + HUSH,
                "secret set db_password=" + HUSH,
                "deploy production password=" + HUSH,
                "deploy production version=v1 password=" + HUSH)) {
            var answer = chatService.answerText(ALICE, line);
            assertThat(answer.refused()).as(line).isTrue();
            assertThat(answer.form()).as(line).isEmpty();
            assertThat(text(answer)).as(line).contains("rotate it").doesNotContain(HUSH);
        }
        assertThat(secrets.list()).isEmpty();
        assertThat(journal.read().queue()).isEmpty();
        assertThat(isOnTheDisk(HUSH)).isFalse();
    }

    @Test
    void whoMayNotSetASecretIsShownNoFormAndNothingWaitsForThem() throws IOException {
        write("config/playcall.yml", "access: { bindings: [ { role: operator, people: [\"slack:alice\"] } ] }\n");
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var people = new IdentityLinks(List.of(), database.links(), List::of, Clock.systemUTC());
        var talk = talk(config, new Rights(new Authorizer(config.access(), false, List::of), people));
        var answer = talk.answerText(ALICE, "secret set db_password production");
        assertThat(answer.refused()).isTrue();
        assertThat(answer.form()).isEmpty();
        assertThat(database.chat().find(1)).isEmpty();
    }

    @Test
    void onATerminalTheShellCommandIsNamed() {
        var answer = chatService.answerText(TERMINAL, "secret set db_password production");
        assertThat(answer.refused()).isTrue();
        assertThat(text(answer)).contains("./playcall secret set db_password --env production");
    }

    @Test
    void aSecretThatIsKnownIsNotTakenAsOrdinaryText() {
        keep("x", HUSH);
        var answer = chatService.answerText(ALICE, "deploy production --description 'it is " + HUSH + "'");
        assertThat(answer.refused()).isTrue();
        assertThat(text(answer)).contains("rotate it").doesNotContain(HUSH);
    }

    @Test
    void aSecretVariableIsAskedForInAFormAndForgottenWithTheRun() throws IOException {
        var form = chatService
                .answerText(ALICE, "deploy production version=v1")
                .form()
                .orElseThrow();
        assertThat(form.fields()).extracting(Form.Field::name).containsExactly("password", "version");
        var run = run(chatService.submit(ALICE, form.request(), Map.of("password", HUSH, "version", "v1")));
        assertThat(secret(run, "password").ref()).startsWith("once/");
        assertThat(secrets.reveal(secret(run, "password")))
                .map(SecretText::reveal)
                .contains(HUSH);
        assertThat(isOnTheDisk(HUSH)).isFalse();

        journal.claim("deploy", 9, "n", (_, _) -> "production/x.log");
        journal.append(run.id(), new RunEvent.Finished(new Outcome.Failed(2, "web-1 failed")));
        assertThat(secrets.reveal(secret(run, "password"))).isEmpty();
        assertThat(database.secrets().once()).isEmpty();
        assertThat(text(chatService.answerText(ALICE, "rerun " + run.id().value())))
                .contains("password is secret");
    }

    @Test
    void whatStartsNothingInTheEndKeepsNothing() {
        var form = chatService.answerText(ALICE, "deploy production").form().orElseThrow();
        var answer = chatService.submit(ALICE, form.request(), Map.of("password", HUSH, "version", "not a version"));
        assertThat(answer.refused()).isTrue();
        assertThat(database.secrets().once()).isEmpty();
        assertThat(secrets.redact(HUSH)).isEqualTo(HUSH);
    }

    @Test
    void aSecretThatIsKeptIsNotAskedFor() {
        keep("password", HUSH);
        var run = run(chatService.answerText(ALICE, "deploy production"));
        assertThat(secret(run, "password")).isEqualTo(new Value.Secret("global/password", Value.Secret.Usage.VARIABLE));
        assertThat(run.request().variables().toString()).doesNotContain(HUSH);
    }

    @Test
    void aSecretThatHasANameHasToBeKept() {
        assertThat(text(chatService.answerText(ALICE, "update production")))
                .contains("./playcall secret set api_token --env production");
        keep("api_token", HUSH);
        var run = run(chatService.answerText(ALICE, "update production"));
        assertThat(secret(run, "TOKEN").usage()).isEqualTo(Value.Secret.Usage.ENVIRONMENT);
    }

    @Test
    void whatWaitsForAWordHoldsNoSecretAndIsDoneWithIt() throws IOException {
        var form = chatService.answerText(ALICE, "play wipe production").form().orElseThrow();
        var asked = chatService.submit(ALICE, form.request(), Map.of("pin", HUSH));
        assertThat(text(asked)).contains("Start it?").doesNotContain(HUSH);
        assertThat(isOnTheDisk(HUSH)).isFalse();
        var yes = asked.message().blocks().stream()
                .flatMap(b -> b instanceof Block.Buttons(var buttons) ? buttons.stream() : Stream.of())
                .map(Message.Button::action)
                .filter(a -> a.kind() == Kind.YES)
                .findFirst()
                .orElseThrow();
        var run = run(chatService.press(ALICE, yes));
        assertThat(secrets.reveal(secret(run, "pin"))).map(SecretText::reveal).contains(HUSH);
    }

    @Test
    void aWrongSecretIsRefusedWithoutBeingRepeated() {
        var form = chatService
                .answerText(ALICE, "play wipe production --yes")
                .form()
                .orElseThrow();
        var answer = chatService.submit(ALICE, form.request(), Map.of("pin", "NOT-THIS-ONE"));
        assertThat(answer.refused()).isTrue();
        assertThat(text(answer)).contains("pin").doesNotContain("NOT-THIS-ONE");
    }

    @Test
    void whatIsSaidHoldsNoSecretWhateverItIsMadeOf() {
        keep("x", HUSH);
        journal.create(new RunEvent.Requested(
                dev.playcall.testing.Runs.request("deploy", "production", "deploy", 0, false),
                ALICE.person(),
                Origin.of("slack:C1")));
        journal.claim("deploy", 9, "n", (_, _) -> "production/x.log");
        var run = journal.read().running().getFirst();
        journal.append(run.id(), new RunEvent.Finished(new Outcome.Failed(2, "said " + HUSH)));
        assertThat(text(chatService.answerText(ALICE, "show " + run.id().value())))
                .contains("said [secret]")
                .doesNotContain(HUSH);
    }
}
