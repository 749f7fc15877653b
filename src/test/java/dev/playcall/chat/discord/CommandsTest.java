package dev.playcall.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.command.CommandOption.Written;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.junit.jupiter.api.Test;

/** What is registered, within what Discord takes. */
class CommandsTest {
    private static final CommandOption ENV =
            new CommandOption("env", CommandOption.Type.ENVIRONMENT, Written.WORD, true, "where");
    private static final CommandOption CHECK =
            new CommandOption("check", CommandOption.Type.FLAG, Written.DASHES, false, "only look");

    private static CommandOption variable(String name) {
        return new CommandOption(
                name, CommandOption.Type.TEXT, Written.EQUALS, false, "a variable that does something " + name);
    }

    private static CommandEntry run(String name, CommandOption... options) {
        return new CommandEntry(name, "does " + name, CommandEntry.Kind.RUN, List.of(options), List.of());
    }

    private static List<DataObject> registered(CommandEntry... entries) {
        return DiscordCommands.registration(List.of(entries)).stream(DataArray::getObject)
                .toList();
    }

    private static List<String> names(DataObject command) {
        return command.getArray("options").stream(DataArray::getObject)
                .map(o -> o.getString("name"))
                .toList();
    }

    @Test
    void requiredOptionsStandFirstAndNamesAreLower() {
        var deploy = registered(run("deploy", variable("Version"), CHECK, ENV)).getLast();
        assertThat(names(deploy)).containsExactly("env", "version", "check");
        assertThat(deploy.getArray("options").getObject(2).getInt("type")).isEqualTo(5);
        assertThat(deploy.getArray("options").getObject(0).getBoolean("autocomplete"))
                .isTrue();
    }

    @Test
    void everythingStandsUnderOneNameAndRunsStandAlone() {
        var questions = new CommandEntry("whoami", "who", CommandEntry.Kind.QUERY, List.of(), List.of());
        var all = registered(run("deploy", ENV), questions);
        assertThat(all).extracting(c -> c.getString("name")).containsExactly("playcall", "deploy");
        assertThat(names(all.getFirst())).containsExactly("whoami", "deploy");
    }

    @Test
    void howeverManyCommandsThereAreThoseWhoAreLostFindTheirWay() {
        var many = Stream.concat(IntStream.range(0, 60).mapToObj(i -> "question" + i), Stream.of("whoami", "help"))
                .map(n -> new CommandEntry(n, n, CommandEntry.Kind.QUERY, List.of(), List.of()))
                .toArray(CommandEntry[]::new);
        var all = registered(many);
        assertThat(names(all.getFirst())).hasSize(25).contains("whoami", "help");
        assertThat(all)
                .extracting(c -> c.getString("name"))
                .contains("question59")
                .doesNotContain("whoami");
    }

    @Test
    void typedOptionsBecomeTheWordsOfTheGrammar() {
        var entry = run("deploy", ENV, variable("Version"), CHECK);
        assertThat(DiscordCommands.words(
                        entry, Map.of("env", "production", "version", "v 1", "check", "true", "x", "y")))
                .containsExactly("deploy", "production", "Version=v 1", "--check");
    }

    @Test
    void manyVariablesLeaveRoomForTheRest() {
        var options = Stream.concat(
                        Stream.of(ENV),
                        Stream.concat(IntStream.range(0, 40).mapToObj(i -> variable("v" + i)), Stream.of(CHECK)))
                .toArray(CommandOption[]::new);
        var deploy = registered(run("deploy", options)).getLast();
        assertThat(names(deploy)).hasSize(25).contains("env", "check", "v0").doesNotContain("v39");
    }

    @Test
    void aLargeCatalogueStaysWithinEightThousandCharacters() {
        var options = Stream.concat(Stream.of(ENV), IntStream.range(0, 20).mapToObj(i -> variable("variable-" + i)))
                .toArray(CommandOption[]::new);
        var entries = IntStream.range(0, 120)
                .mapToObj(i -> run("operation-" + i, options))
                .toArray(CommandEntry[]::new);
        var all = registered(entries);
        assertThat(all).hasSize(100);
        assertThat(all.getFirst().getArray("options").length()).isBetween(5, 25);
        assertThat(all).allSatisfy(c -> assertThat(size(c)).isLessThanOrEqualTo(8000));
    }

    private static int size(DataObject o) {
        return o.getString("name").length()
                + o.getString("description").length()
                + o.optArray("options").stream()
                        .flatMap(a -> a.stream(DataArray::getObject))
                        .mapToInt(CommandsTest::size)
                        .sum();
    }

    @Test
    void whatDiscordAddsMakesNoDifference() {
        var wanted = DiscordCommands.registration(List.of(run("deploy", ENV, CHECK)));
        var theirs = DataArray.fromJson(wanted.toString());
        theirs.getObject(0).put("id", "1").put("version", "2").put("nsfw", false);
        assertThat(DiscordCommands.canonical(theirs)).isEqualTo(DiscordCommands.canonical(wanted));
        theirs.getObject(1).put("description", "other");
        assertThat(DiscordCommands.canonical(theirs)).isNotEqualTo(DiscordCommands.canonical(wanted));
    }
}
