package dev.playcall.chat.query;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.vars.RegisteredConnections;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.name.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows the hosts of an environment that stand in no file. */
record RegisteredHostQueries(Function<Person, String> names) {
    private static final int SHOWN = 100;

    Answer of(Environment environment) {
        var hosts = environment.registered();
        var blocks = new ArrayList<Block>();
        if (hosts.isEmpty()) {
            blocks.add(new Block.Title(
                    Tone.PLAIN, "No registered hosts in " + environment.name() + " besides its inventory file."));
            blocks.add(new Block.Next(
                    List.of("host register " + environment.name() + " web-9 address=10.0.0.9 user=deploy tags=web")));
        } else {
            blocks.add(new Block.Title(Tone.PLAIN, environment.name() + ": " + hosts.size() + " registered"));
            blocks.add(new Block.Table(
                    List.of("Host", "Address", "Tags", "Variables", "Registered by"),
                    hosts.stream().limit(SHOWN).map(this::row).toList()));
            if (hosts.size() > SHOWN) {
                blocks.add(new Block.Line("and " + (hosts.size() - SHOWN) + " more"));
            }
        }
        hidden(environment, _ -> true).forEach(blocks::add);
        return Answer.of(new Message(blocks));
    }

    /**
     * One line for each that is registered and left out, and what is wrong with how runs would reach the others.
     *
     * @param which of the hosts by name
     */
    static List<Block> hidden(Environment environment, Predicate<String> which) {
        return Stream.concat(
                        leftOut(environment, which),
                        RegisteredConnections.warnings(environment, which).stream()
                                .map(Block.Line::new))
                .toList();
    }

    private static Stream<Block> leftOut(Environment environment, Predicate<String> which) {
        return environment.hidden().entrySet().stream()
                .filter(h -> which.test(h.getKey()))
                .<Block>map(h -> new Block.Line(environment.hostsFile().getFileName() + ": " + h.getValue()
                        + " (host unregister " + environment.name() + " " + h.getKey() + ")"));
    }

    private List<String> row(RegisteredHost h) {
        var at = h.user().map(u -> u + "@").orElse("")
                + h.address().orElse(h.name())
                + h.port().map(p -> ":" + p).orElse("")
                + h.key().map(k -> " with key " + k).orElse("");
        var variables = h.variables().entrySet().stream()
                .map(v -> v.getKey() + "=" + v.getValue())
                .collect(Collectors.joining(" "));
        return List.of(
                h.name(), at, String.join(", ", h.tags()), UntrustedText.line(variables, 80), names.apply(h.by()));
    }
}
