package dev.playcall.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.command.CommandCatalogue;
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

    private static List<DataObject> registered(CommandEntry... operations) {
        return DiscordRegistration.of(List.of(operations), CommandCatalogue.families()).stream(DataArray::getObject)
                .toList();
    }

    private static Stream<DataObject> below(DataObject command) {
        return command.optArray("options").stream().flatMap(a -> a.stream(DataArray::getObject));
    }

    private static DataObject below(DataObject command, String name) {
        return below(command)
                .filter(o -> o.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
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
    void onlyOperationsAndPlaycallStandAtTheTop() {
        var all = DiscordRegistration.of(Stream.concat(Stream.of(run("deploy", ENV)), CommandCatalogue.fixed().stream())
                .toList());
        assertThat(all.stream(DataArray::getObject))
                .extracting(c -> c.getString("name"))
                .containsExactly("playcall", "deploy");
        assertThat(all.getObject(0).hasKey("default_member_permissions")
                        && !all.getObject(0).isNull("default_member_permissions"))
                .isFalse();
        assertThat(all.getObject(1).getString("default_member_permissions")).isEqualTo("32");
    }

    @Test
    void everyOtherCommandStandsOnceUnderPlaycallInTheGroupOfItsFamily() {
        var playcall = registered().getFirst();
        assertThat(names(playcall)).contains("help", "whoami", "status", "queue", "cancel", "alert", "manage");
        assertThat(names(below(playcall, "alert"))).contains("mute", "ack").doesNotContain("alerts");
        assertThat(names(below(playcall, "control"))).contains("lock", "pause", "schedule");
        var leaves = below(playcall)
                .flatMap(o -> o.getInt("type") == 2 ? below(o) : Stream.of(o))
                .map(o -> o.getString("name"))
                .toList();
        assertThat(leaves)
                .containsExactlyInAnyOrderElementsOf(CommandCatalogue.fixed().stream()
                        .map(CommandEntry::name)
                        .toList());
    }

    @Test
    void playcallStaysWithinTheLimitsAndEveryOptionIsThere() {
        var playcall = registered().getFirst();
        assertThat(size(playcall)).isLessThanOrEqualTo(8000);
        assertThat(names(playcall)).hasSizeLessThanOrEqualTo(25);
        CommandCatalogue.families()
                .forEach(f -> f.entries().forEach(e -> {
                    var group = below(playcall, f.name());
                    var found = Stream.concat(below(playcall), below(group))
                            .filter(o ->
                                    o.getInt("type") == 1 && o.getString("name").equals(e.name()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(below(found).map(o -> o.getString("name")))
                            .containsExactlyInAnyOrderElementsOf(
                                    DiscordCommands.shown(e).keySet());
                }));
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
        var wanted = DiscordRegistration.of(List.of(run("deploy", ENV, CHECK)));
        var theirs = DataArray.fromJson(wanted.toString());
        theirs.getObject(0).put("id", "1").put("version", "2").put("nsfw", false);
        assertThat(DiscordRegistration.canonical(theirs)).isEqualTo(DiscordRegistration.canonical(wanted));
        theirs.getObject(1).put("description", "other");
        assertThat(DiscordRegistration.canonical(theirs)).isNotEqualTo(DiscordRegistration.canonical(wanted));
    }
}
