package dev.playcall.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.chat.command.CommandParser.Parsed;
import dev.playcall.command.Command;
import dev.playcall.command.HostCommand;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.command.RunCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrammarTest {
    private final CommandParser commandParser = new CommandParser(catalog());

    private static Catalog catalog() {
        var operations = new TreeMap<Operation, OperationSpec>();
        for (var operation : List.of(Operation.DEPLOY, Operation.PLAY, Operation.VALIDATE)) {
            operations.put(
                    operation,
                    new OperationSpec(
                            operation,
                            Optional.of(new PlaybookName("deploy")),
                            Optional.empty(),
                            List.of(),
                            Optional.empty()));
        }
        return new Catalog(new TreeMap<>(), new TreeMap<>(), List.of(), new TreeMap<>(), operations, List.of());
    }

    private StartCommand start(String text) {
        assertThat(commandParser.parse(text)).isInstanceOf(Parsed.Execute.class);
        return (StartCommand) ((Parsed.Execute) commandParser.parse(text)).command();
    }

    private String wrong(String text) {
        assertThat(commandParser.parse(text)).isInstanceOf(Parsed.Invalid.class);
        return ((Parsed.Invalid) commandParser.parse(text)).message();
    }

    @Test
    void aMistypedActionOfNodesIsProposed() {
        assertThat(wrong("nodes drian gateway-2 disk"))
                .isEqualTo("nodes has no action \"drian\"; did you mean nodes drain?");
        assertThat(wrong("nodes drain")).startsWith("nodes ").contains("for example: ");
    }

    @Test
    void theLineOfTheContractIsUnderstood() {
        var start = start("deploy production version=v1.2.3 --limit web --check --tags app -e key=value");
        assertThat(start.operation()).isEqualTo("deploy");
        assertThat(start.environment()).isEqualTo("production");
        assertThat(start.limit()).isEqualTo("web");
        assertThat(start.tags()).containsExactly("app");
        assertThat(start.check()).isTrue();
        assertThat(start.variables()).isEqualTo(Map.of("version", "v1.2.3", "key", "value"));
    }

    @Test
    void whatATelephoneMakesOfQuotesAndDashesIsPutRight() {
        var start = start("/playcall Deploy production —limit web note=“two words”");
        assertThat(start.limit()).isEqualTo("web");
        assertThat(start.variables()).isEqualTo(Map.of("note", "two words"));
    }

    @Test
    void checkIsDryAndShowsDifferences() {
        var start = start("check deploy production");
        assertThat(start.check()).isTrue();
        assertThat(start.diff()).isTrue();
    }

    @Test
    void aRunIsANumberWithOrWithoutItsSign() {
        assertThat(commandParser.parse("retry #412"))
                .isEqualTo(deed("retry", "#412", new RunCommand.Retry(new RunId(412))));
        assertThat(commandParser.parse("cancel 412"))
                .isEqualTo(deed("cancel", "412", new RunCommand.Cancel(new RunId(412))));
    }

    @Test
    void aRetryMayChooseAmongTheHostsThatAreLeft() {
        assertThat(((Parsed.Execute) commandParser.parse("retry 412 --limit web-1,web-2")).command())
                .isEqualTo(new RunCommand.Retry(
                        new RunId(412), dev.playcall.command.RepeatReason.SAME, "web-1,web-2", Map.of()));
        assertThat(commandParser.parse("rerun 412 --limit web-1")).isInstanceOf(Parsed.Invalid.class);
        assertThat(commandParser.parse("retry 412 --limit"))
                .isEqualTo(new Parsed.Invalid("--limit needs hosts: --limit web-1"));
    }

    @Test
    void aRetryTakesOtherValuesOfVariables() {
        var same = dev.playcall.command.RepeatReason.SAME;
        assertThat(((Parsed.Execute) commandParser.parse("retry 412 download_retries=5 --limit web-1")).command())
                .isEqualTo(new RunCommand.Retry(new RunId(412), same, "web-1", Map.of("download_retries", "5")));
        assertThat(((Parsed.Execute) commandParser.parse("retry deployment 3 'note=a b'")).command())
                .isEqualTo(new dev.playcall.command.BatchCommand.RetryDeployment(3, same, Map.of("note", "a b")));
        assertThat(wrong("retry 412 a=1 a=2")).isEqualTo("a is given twice");
        for (var unchanged : List.of("rerun 412 a=1", "retry batch 3 a=1", "rollback deployment 3 undo a=1")) {
            assertThat(wrong(unchanged)).contains("\"a=1\" is unexpected");
        }
    }

    @Test
    void validateWithoutAnEnvironmentMeansAllOfThem() {
        var all = ((Parsed.Execute) commandParser.parse("validate")).command();
        assertThat(all).isInstanceOfSatisfying(dev.playcall.command.BatchCommand.StartBatch.class, b -> {
            assertThat(b.environments()).containsExactly("all");
            assertThat(b.onFailure()).isEqualTo("continue");
        });
    }

    @Test
    void aRunHasANameAndAPlaybookMayBeWrittenAsItsFile() {
        var start = start("play deploy.yml production --name Hotfix --description \"for the shop\"");
        assertThat(start.playbook()).contains("deploy");
        assertThat(start.name()).isEqualTo("Hotfix");
        assertThat(start.description()).isEqualTo("for the shop");
    }

    private static Parsed deed(String name, String run, Command command) {
        return new Parsed.Execute(command, List.of(name, run), true);
    }

    @Test
    void bracesAndDollarsAreLetters() {
        assertThat(start("deploy p 'x={{ lookup(\"pipe\", \"id\") }}' y=$(id) z=`id`")
                        .variables())
                .isEqualTo(Map.of("x", "{{ lookup(\"pipe\", \"id\") }}", "y", "$(id)", "z", "`id`"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        depoly production            | did you mean deploy?
        deploy production --limt web | did you mean --limit?
        deploy production --limit    | --limit needs a value
        deploy production -e novalue | is not a variable (key=value)
        deploy production a=1 a=2    | a is given twice
        deploy production web-1      | is unexpected
        deploy production --check=no | takes no value
        retry                        | which run?
        retry 12 13                  | which run?
        retry 0                      | which run?
        cancel -5                    | which run?
        check                        | check what?
        deploy "production           | is not closed
        schedule list nightly        | schedule list does not take "nightly"
        report list 7                | report list does not take "7"
        """)
    void whatIsWrongIsSaidWithWhatWouldBeRight(String text, String remaining) {
        assertThat(wrong(text)).contains(remaining).doesNotContain("\n");
    }

    @Test
    void variablesOfHostsAndGroupsAreSetByKeyAndValue() {
        assertThat(change("host set production web-1 http_port=8080 motd=\"two words\" release=1.10 l=[1,\"b\"]"))
                .isEqualTo(new HostChange.ChangeVariables(
                        VariableOwner.host("web-1"),
                        new TreeMap<>(Map.of(
                                "http_port", 8080L, "motd", "two words", "release", "1.10", "l", List.of(1, "b"))),
                        new TreeSet<>()));
        assertThat(change("group unset production web http_port color"))
                .isEqualTo(new HostChange.ChangeVariables(
                        VariableOwner.group("web"), new TreeMap<>(), new TreeSet<>(List.of("http_port", "color"))));
        assertThat(wrong("host set production web-1 http_port")).contains("host set production web-9 http_port=8080");
        assertThat(wrong("group set production web")).contains("set <env> <group> key=value");
    }

    private HostChange change(String text) {
        assertThat(commandParser.parse(text)).isInstanceOf(Parsed.Execute.class);
        return ((HostCommand.EditHosts) ((Parsed.Execute) commandParser.parse(text)).command()).change();
    }

    @Test
    void aBookIsNotACommand() {
        assertThat(wrong("deploy " + "x".repeat(30_000))).contains("too long");
        assertThat(commandParser.parse("   ")).isEqualTo(new Parsed.Nothing());
    }
}
