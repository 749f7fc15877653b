package dev.playcall.chat.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.conversation.ChatService;
import dev.playcall.chat.message.Choice;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.chat.message.TextRenderer;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.command.Caller;
import dev.playcall.command.TestBatches;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunJournal;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.OpenAccess;
import dev.playcall.testing.Rules;
import dev.playcall.testing.Runs;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What those are told who only ask. */
class QuestionsTest {
    private static final Caller ALICE = new Caller(Runs.ALICE, Origin.of("console:main"));

    @TempDir
    private Path home;

    private Database database;
    private RunJournal journal;
    private ChatService chatService;

    @BeforeEach
    void open() throws IOException {
        write(
                "inventory/production/hosts.yml",
                "all: {children: {web: {hosts: {web-1: , web-2: }}, db: {hosts: {db-1: }}}}\n");
        write("inventory/staging/hosts.yml", "all: {hosts: {stage-1: }}\n");
        write("playbooks/deploy.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/rollback.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/rollback.meta.yml", "title: Go back\nvariables: {version: {type: version}}\n");
        write("playbooks/deploy.meta.yml", "title: Deploy the application\nvariables: {version: {type: version}}\n");
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var clock = Clock.systemUTC();
        database = Database.open(config.store().url(), clock);
        journal = new RunJournal(database.events(), clock);
        var catalogs = new DiskCatalogs(config, clock);
        var router = new TestRouter(catalogs, journal, OpenAccess.of(database), MemorySecrets.emptyVault());
        router.batches(
                TestBatches.handler(journal, router.requests(), Rules.none(catalogs, MemorySecrets.emptyVault())));
        chatService = new ChatService(
                new QuerySources(
                        catalogs,
                        journal,
                        new FileLogs(home.resolve("logs")),
                        database.schedules(),
                        dev.playcall.testing.NoAlerts.of(database)),
                router,
                new RunCards(journal, database.chat(), clock, Rules.NOTHING_WAITS),
                database.chat(),
                OpenAccess.of(database),
                Audits.of(database, home.resolve("data")),
                MemorySecrets.emptyVault(),
                (_, hosts, _) -> hosts);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    private String refusal(String text) {
        var answer = chatService.answerText(ALICE, text);
        assertThat(answer.refused()).as(text).isTrue();
        return answer.message().toString();
    }

    private String ask(String text) {
        var answer = chatService.answerText(ALICE, text);
        assertThat(answer.refused()).as(text).isFalse();
        return new TextRenderer(120, false).render(answer.message());
    }

    private RunId asked(String environment) {
        return chatService
                .answerText(ALICE, "deploy " + environment + " version=v1.0.0")
                .run()
                .orElseThrow();
    }

    private RunId begun(String environment) {
        var run = asked(environment);
        journal.claim("deploy", 9, "n", (r, _) -> r.request().environment() + "/x.log");
        return run;
    }

    private void end(RunId run, Outcome outcome) {
        journal.append(run, new RunEvent.Finished(outcome));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        status prodction      | did you mean production?
        status ../production  | there is no environment
        hosts                 | which environment?
        versions              | which environment?
        hosts nowhere         | there are production, staging
        show                  | which run?
        show 99               | there is no run #99
        logs 99               | there is no run #99
        logs                  | which run?
        runs tomorrow         | not an environment, a state or an operation (awaiting_approval, queued,
        runs prodution        | did you mean production?
        runs status=faild     | did you mean failed?
        runs --hots web-1     | there is no filter "--hots"; did you mean --host?
        runs hots=web-1       | there is no filter "hots"; did you mean host=?
        help dance            | there is no command
        """)
    void aWrongQuestionIsAnsweredWithWhatWouldBeRight(String text, String said) {
        var answer = chatService.answerText(ALICE, text);
        assertThat(answer.refused()).isTrue();
        assertThat(answer.ephemeral()).isTrue();
        assertThat(new TextRenderer(500, false).render(answer.message()).strip())
                .contains(said)
                .doesNotContain("\n");
    }

    @Test
    void theStatusOfOneOrOfAllIsATableForEach() {
        assertThat(ask("status")).contains("production: 3 servers", "staging: 1 server", "db-1", "– Unknown");
        assertThat(ask("status staging")).contains("stage-1").doesNotContain("production");
    }

    @Test
    void theQueueShowsWhatWorksAndWhatWaits() {
        assertThat(ask("queue")).contains("Queue is empty.");
        begun("production");
        asked("staging");
        assertThat(ask("queue"))
                .contains("1 running, 1 queued", "#1", "running", "#2", "queued")
                .containsSubsequence("#1", "#2")
                .contains("#2: Next for deploy, waits for #1 deploy", "no estimate");
    }

    @Test
    void theQueueCountsApartWhatAwaitsApproval() {
        var awaiting = new RunEvent.Requested(
                Runs.request("deploy"), Runs.ALICE, Origin.of("console:main"), Runs.oneApproval());
        journal.create(awaiting);
        asked("staging");
        assertThat(ask("queue")).contains("0 running, 1 queued, 1 awaiting approval");
    }

    @Test
    void validateEverywhereAsksNothingAndANameStandsInTheLists() throws IOException {
        write("playbooks/ping.yml", "- hosts: all\n  tasks: []\n");
        assertThat(ask("validate")).doesNotContain("Start them?");
        assertThat(journal.read().queue()).hasSize(2);
        assertThat(ask("batch validate all")).doesNotContain("Start them?");
        assertThat(ask("batch ping all")).doesNotContain("Start them?");
        assertThat(ask("batch ping staging,production")).doesNotContain("Start them?");
        var question =
                chatService.answerText(ALICE, "batch deploy all version=v1").message();
        assertThat(new TextRenderer(120, false).render(question)).contains("Start them?");
        ask("deploy staging version=v1 --name \"Before the move\"");
        assertThat(ask("runs")).contains("deploy v1 → staging · Before the move");
    }

    private void live(String version, String... hosts) {
        var run = chatService
                .answerText(ALICE, "deploy production version=" + version)
                .run()
                .orElseThrow();
        journal.claim("deploy", 9, "n", (r, _) -> "x.log");
        var stats = new HostStats(2, 1, 0, 0, 0, 0, 0);
        var results = Arrays.stream(hosts)
                .map(h -> new HostResult(
                        h,
                        HostResult.HostOutcome.CHANGED,
                        stats,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(1)))
                .toList();
        journal.progress(journal.read().find(run).orElseThrow(), Progress.NONE, results, EventStore.Intake.NONE);
        end(run, new Outcome.Success());
    }

    @Test
    void versionsSayWhatRanWhereItIsLiveAndHowToGoBack() {
        assertThat(ask("versions production")).contains("No deployed version known");
        live("v1.0.0", "web-1", "web-2");
        live("v1.1.0", "web-1", "web-2");
        live("v1.2.0", "web-1");
        assertThat(ask("versions production"))
                .contains("3 versions ran", "rollback production version=v1.0.0")
                .containsSubsequence("v1.2.0", "web-1", "#3", "v1.1.0", "web-2", "#2", "v1.0.0", "–", "#1");
        assertThat(ask("status production")).contains("≠ web-2 has v1.1.0, another of web has v1.2.0");
        assertThat(ask("show 3")).contains("v1.1.0 → v1.2.0 on web-1");
    }

    @Test
    void aRollbackOffersWhatReallyRanThatWhichIsGoneFirst() {
        live("v1.0.0", "web-1");
        live("v1.1.0", "web-1");
        asked("production");
        var offered = chatService.complete(ALICE, "rollback", "version", Map.of("env", "production"), "");
        assertThat(offered).extracting(c -> c.value()).containsExactly("v1.0.0", "v1.1.0");
        assertThat(offered.getFirst().label()).contains("v1.0.0 – #1");
        assertThat(offered.getLast().label()).contains("live on 1");
    }

    private List<String> offered(String command, String option, Map<String, String> others) {
        return chatService.complete(ALICE, command, option, others, "").stream()
                .map(c -> c.value())
                .toList();
    }

    @Test
    void whatSomebodyUsedLastIsOfferedFirst() {
        assertThat(offered("deploy", "env", Map.of())).containsExactly("production", "staging");
        asked("staging");
        assertThat(offered("deploy", "env", Map.of())).containsExactly("staging", "production");
        assertThat(offered("pause", "what", Map.of())).startsWith("queue", "staging", "production", "deploy");
        chatService.answerText(ALICE, "deploy production --limit web-2");
        assertThat(offered("deploy", "limit", Map.of("env", "production"))).startsWith("web-2", "db");
    }

    @Test
    void aVersionThatIsLiveElsewhereIsOfferedFirstAndTheOneHereLast() {
        live("v1.0.0", "web-1");
        live("v1.1.0", "web-1");
        var offered = chatService.complete(ALICE, "deploy", "version", Map.of("env", "staging"), "");
        assertThat(offered.getFirst().label()).isEqualTo("v1.1.0 – live in production");
        assertThat(offered("deploy", "version", Map.of("env", "production"))).containsExactly("v1.0.0", "v1.1.0");
    }

    @Test
    void runsAreOfferedToWhatIsPossibleWithThemRunningOnesFirst() {
        var failed = begun("production");
        end(failed, new Outcome.Failed(2, "no"));
        var done = begun("production");
        end(done, new Outcome.Success());
        var running = begun("production");
        var queued = asked("staging");
        assertThat(offered("logs", "run", Map.of()))
                .containsExactly(text(running), text(queued), text(done), text(failed));
        assertThat(offered("cancel", "run", Map.of())).containsExactly(text(running), text(queued));
        assertThat(offered("retry", "run", Map.of())).containsExactly(text(failed), text(done));
        assertThat(offered("approve", "run", Map.of())).isEmpty();
    }

    private static String text(RunId run) {
        return Long.toString(run.value());
    }

    private List<String> follows(String line) {
        return chatService.complete(ALICE, line).stream().map(c -> c.value()).toList();
    }

    @Test
    void whatMayFollowInALineIsCommandsThenValuesThenOptions() {
        begun("production");
        assertThat(follows("dep")).containsExactly("deploy", "deployments");
        assertThat(follows("")).contains("deploy", "status", "help");
        assertThat(follows("deploy ")).containsExactly("production", "staging");
        assertThat(follows("deploy production --li")).containsExactly("--limit");
        assertThat(follows("deploy production --limit web-1,web")).contains("web-1,web", "web-1,web-2");
        assertThat(follows("deploy production --check "))
                .contains("--limit", "version=")
                .doesNotContain("--check");
        assertThat(follows("deploy staging version=")).containsExactly("version=v1.0.0");
        assertThat(follows("cancel ")).containsExactly("1");
        assertThat(follows("play rollback stag")).containsExactly("staging");
        assertThat(follows("nothing ")).isEmpty();
    }

    @Test
    void whereAnythingMayBeTypedItIsSaidWhat() {
        assertThat(chatService.complete(ALICE, "drain "))
                .containsExactly(new Choice("<reason …>: reason, shown to people who are refused", ""));
    }

    @Test
    void aLineThatMayHaveASecretInItIsKnown() {
        assertThat(chatService.mayHoldSecret("deploy production --reason \"release day\""))
                .isFalse();
        assertThat(chatService.mayHoldSecret("deploy production db_password=x")).isTrue();
        assertThat(chatService.mayHoldSecret("depoly production API_TOKEN=\"x")).isTrue();
        assertThat(chatService.mayHoldSecret("secret set db production")).isTrue();
    }

    @Test
    void fixedWordsAreOffered() {
        assertThat(offered("schedule", "action", Map.of())).contains("add", "list", "remove");
        assertThat(offered("deliveries", "state", Map.of())).contains("dead");
        assertThat(offered("lock", "for", Map.of())).contains("2h");
        assertThat(offered("settings", "key", Map.of())).contains("ansible.max_parallel_runs");
    }

    @Test
    void runsAreChosenByEnvironmentAndState() {
        assertThat(ask("runs")).contains("No runs yet");
        end(begun("production"), new Outcome.Success());
        end(begun("staging"), new Outcome.Failed(2, "no"));
        assertThat(ask("runs")).containsSubsequence("#2", "#1");
        assertThat(ask("runs production")).contains("#1").doesNotContain("#2");
        assertThat(ask("runs failed")).contains("#2").doesNotContain("#1");
        assertThat(ask("runs production failed")).contains("No runs");
    }

    @Test
    void aRunIsShownWithWhatBecameOfIt() {
        end(begun("production"), new Outcome.Failed(2, "1 of 3 hosts failed: web-2"));
        assertThat(ask("show 1")).contains("#1", "failed", "1 of 3 hosts failed: web-2");
        assertThat(chatService.answerText(ALICE, "show #1").run()).contains(new RunId(1));
    }

    @Test
    void aLogIsShownFromItsEndAndOfOneHost() throws IOException {
        begun("production");
        assertThat(ask("logs 1")).contains("has no log any more");
        write("logs/production/x.log", "TASK [a] ***\nok: [web-1]\nok: [web-2]\nthe end\n");
        assertThat(ask("logs 1 --tail 1")).contains("the end").doesNotContain("web-2");
        assertThat(ask("logs 1 --host web-1")).contains("ok: [web-1]").doesNotContain("web-2");
        for (var wrong : new String[] {"logs 1 --tail many", "logs 1 --tail", "logs 1 --colour red"}) {
            assertThat(chatService.answerText(ALICE, wrong).refused()).as(wrong).isTrue();
        }
        asked("staging");
        assertThat(ask("logs 2")).contains("has no log yet");
    }

    @Test
    void theLogOfAHostThatWasNotThereIsRefused() {
        live("v1", "web-1", "web-2");
        var answer = chatService.answerText(ALICE, "logs 1 --host nosuch");
        assertThat(answer.refused()).isTrue();
        assertThat(answer.message().toString()).contains("nosuch was not in #1; its hosts: web-1, web-2");
    }

    @Test
    void hostsPlaybooksAndOneselfAreListed() throws IOException {
        assertThat(ask("hosts production")).contains("production: 3 hosts", "web-2", "web", "db-1");
        assertThat(ask("hosts production --limit db-1"))
                .contains("production: 1 of 3 hosts", "db-1")
                .doesNotContain("web-2");
        assertThat(ask("hosts production --limit db-1 --limit=web-2"))
                .contains("production: 2 of 3 hosts")
                .doesNotContain("web-1");
        assertThat(ask("inventory show production --limit db-1")).isEqualTo(ask("hosts production --limit db-1"));
        assertThat(refusal("hosts production --limit db-7")).contains("db-7", "groups are db, web");
        assertThat(refusal("hosts production web"))
                .contains("hosts does not take \"web\": hosts <env> [--limit hosts]");
        assertThat(refusal("status production web-1")).contains("status does not take \"web-1\": status [env]");
        assertThat(refusal("show 15 extra")).contains("show does not take \"extra\"");
        assertThat(refusal("show deployment 8 extra")).contains("show does not take \"extra\"");
        assertThat(refusal("queue production")).contains("queue does not take \"production\": queue");
        assertThat(ask("playbooks")).contains("deploy", "Deploy the application", "version");
        assertThat(ask("whoami")).contains("console:alice", "console:main");
    }

    @Test
    void aPlaybookThatCannotBeReadIsNamedAndTheOthersAreListed() throws IOException {
        write("playbooks/broken.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/broken.meta.yml", "titel: Typo\n");
        assertThat(ask("playbooks")).contains("deploy", "✗", "broken.meta.yml");
    }

    @Test
    void helpNamesEveryCommandAndTellsMoreOfOne() {
        var help = ask("help");
        chatService.commands().forEach(c -> assertThat(help).contains(c.name()));
        assertThat(ask("help deploy")).contains("deploy", "version=", "--limit");
    }

    @Test
    void theListOfEnvironmentsNamesThoseOutOfUseAndThoseThatAreBroken() throws IOException {
        write("inventory/.archive/old/hosts.yml", "all: {hosts: {o-1: }}\n");
        write("inventory/qa/hosts.yml", "all: {hosts: {q-1: }}\n");
        write("inventory/qa/config.yml", "protectd: true\n");
        assertThat(ask("env list"))
                .contains(
                        "production", "archived: old", "env restore old", "environment qa is not used", "config.yml:1");
        assertThat(ask("env policy qa")).contains("protectd: true", "did you mean protected?");
    }
}
