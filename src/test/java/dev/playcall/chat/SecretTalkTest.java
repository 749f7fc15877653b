package dev.playcall.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.Action.Kind;
import dev.playcall.chat.Message.Block;
import dev.playcall.command.AuditedDesk;
import dev.playcall.command.Caller;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.SpentSecrets;
import dev.playcall.config.ConfigFile;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Person;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.Value;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.Redactor;
import dev.playcall.security.SecretKind;
import dev.playcall.security.SecretRef;
import dev.playcall.security.SecretText;
import dev.playcall.security.Vault;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.OpenAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
    private Conversation conversation;
    private Vault vault;
    private SpentSecrets spent;

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
        vault = MemorySecrets.vault(database.secrets(), home.resolve("keys/k.json"), new Redactor(List.of()));
        var catalogs = new DiskCatalogs(config, clock);
        var rights = OpenAccess.of(database);
        conversation = new Conversation(
                catalogs,
                journal,
                new AuditedDesk(
                        new CommandHandler(catalogs, journal, rights, vault, Duration.ofHours(1)),
                        Audits.of(database, home.resolve("data")),
                        journal),
                new RunCards(journal, database.chat(), clock),
                new FileLogs(home.resolve("logs")),
                database.chat(),
                rights,
                Audits.of(database, home.resolve("data")),
                vault,
                database.schedules(),
                dev.playcall.testing.NoAlerts.of(database));
        spent = new SpentSecrets(journal, vault);
        spent.start();
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
        vault.set(SecretRef.global(name), SecretKind.TEXT, new SecretText(value), ALICE.person());
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
        var asked = conversation.say(ALICE, "secret set db_password production");
        var form = asked.form().orElseThrow();
        assertThat(form.fields())
                .singleElement()
                .satisfies(f -> assertThat(f.secret()).isTrue());
        assertThat(conversation.lacksSomething(List.of("secret", "set", "db_password")))
                .isTrue();
        var done = conversation.submit(ALICE, form.wish(), Map.of("value", HUSH));
        assertThat(text(done)).contains("production/db_password").doesNotContain(HUSH);
        assertThat(text(conversation.say(ALICE, "secret list"))).contains("production/db_password", "slack:alice");
        assertThat(vault.find(new EnvironmentName("production"), "db_password")).isPresent();
        assertThat(isOnTheDisk(HUSH)).isFalse();
        assertThat(conversation
                        .say(ALICE, "secret remove db_password production")
                        .refused())
                .isFalse();
        assertThat(text(conversation.say(ALICE, "secret list"))).doesNotContain("production/db_password");
    }

    @Test
    void aFormBelongsToWhoAskedForIt() {
        var form = conversation.say(ALICE, "secret set db_password").form().orElseThrow();
        assertThat(conversation.submit(BOB, form.wish(), Map.of("value", HUSH)).refused())
                .isTrue();
        assertThat(vault.list()).isEmpty();
    }

    @Test
    void aValueTypedIntoTheChannelIsRefusedAndSaidToBeChanged() throws IOException {
        for (var line : List.of(
                "secret set db_password " + HUSH + "!",
                "secret set db_password production " + HUSH,
                "secret set db_password=" + HUSH,
                "deploy production password=" + HUSH,
                "deploy production version=v1 password=" + HUSH)) {
            var answer = conversation.say(ALICE, line);
            assertThat(answer.refused()).as(line).isTrue();
            assertThat(answer.form()).as(line).isEmpty();
            assertThat(text(answer)).as(line).contains("change it").doesNotContain(HUSH);
        }
        assertThat(vault.list()).isEmpty();
        assertThat(journal.read().queue()).isEmpty();
        assertThat(isOnTheDisk(HUSH)).isFalse();
    }

    @Test
    void onATerminalTheShellCommandIsNamed() {
        var answer = conversation.say(TERMINAL, "secret set db_password production");
        assertThat(answer.refused()).isTrue();
        assertThat(text(answer)).contains("./playcall secret set db_password --env production");
    }

    @Test
    void aSecretThatIsKnownIsNotTakenAsOrdinaryText() {
        keep("x", HUSH);
        var answer = conversation.say(ALICE, "deploy production --description 'it is " + HUSH + "'");
        assertThat(answer.refused()).isTrue();
        assertThat(text(answer)).contains("change it").doesNotContain(HUSH);
    }

    @Test
    void aSecretVariableIsAskedForInAFormAndForgottenWithTheRun() throws IOException {
        var form =
                conversation.say(ALICE, "deploy production version=v1").form().orElseThrow();
        assertThat(form.fields()).extracting(Form.Field::name).containsExactly("password", "version");
        var run = run(conversation.submit(ALICE, form.wish(), Map.of("password", HUSH, "version", "v1")));
        assertThat(secret(run, "password").ref()).startsWith("once/");
        assertThat(vault.reveal(secret(run, "password")))
                .map(SecretText::reveal)
                .contains(HUSH);
        assertThat(isOnTheDisk(HUSH)).isFalse();

        journal.claim("deploy", 9, "n", (_, _) -> "production/x.log");
        journal.append(run.id(), new RunEvent.Finished(new Outcome.Failed(2, "web-1 failed")));
        assertThat(vault.reveal(secret(run, "password"))).isEmpty();
        assertThat(database.secrets().once()).isEmpty();
        assertThat(text(conversation.say(ALICE, "rerun " + run.id().value()))).contains("password is secret");
    }

    @Test
    void aSecretThatIsKeptIsNotAskedFor() {
        keep("password", HUSH);
        var run = run(conversation.say(ALICE, "deploy production"));
        assertThat(secret(run, "password")).isEqualTo(new Value.Secret("global/password", Value.Secret.Way.VARIABLE));
        assertThat(run.request().variables().toString()).doesNotContain(HUSH);
    }

    @Test
    void aSecretThatHasANameHasToBeKept() {
        assertThat(text(conversation.say(ALICE, "update production")))
                .contains("./playcall secret set api_token --env production");
        keep("api_token", HUSH);
        var run = run(conversation.say(ALICE, "update production"));
        assertThat(secret(run, "TOKEN").way()).isEqualTo(Value.Secret.Way.ENVIRONMENT);
    }

    @Test
    void whatWaitsForAWordHoldsNoSecretAndIsDoneWithIt() throws IOException {
        var form = conversation.say(ALICE, "play wipe production").form().orElseThrow();
        var asked = conversation.submit(ALICE, form.wish(), Map.of("pin", HUSH));
        assertThat(text(asked)).contains("Is it meant?").doesNotContain(HUSH);
        assertThat(isOnTheDisk(HUSH)).isFalse();
        var yes = asked.message().blocks().stream()
                .flatMap(b -> b instanceof Block.Buttons(var buttons) ? buttons.stream() : Stream.of())
                .map(Message.Button::action)
                .filter(a -> a.kind() == Kind.YES)
                .findFirst()
                .orElseThrow();
        var run = run(conversation.press(ALICE, yes));
        assertThat(vault.reveal(secret(run, "pin"))).map(SecretText::reveal).contains(HUSH);
    }

    @Test
    void aWrongSecretIsRefusedWithoutBeingRepeated() {
        var form = conversation.say(ALICE, "play wipe production --yes").form().orElseThrow();
        var answer = conversation.submit(ALICE, form.wish(), Map.of("pin", "NOT-THIS-ONE"));
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
        assertThat(text(conversation.say(ALICE, "show " + run.id().value())))
                .contains("said [secret]")
                .doesNotContain(HUSH);
    }
}
