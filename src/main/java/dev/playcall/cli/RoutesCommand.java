package dev.playcall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.boot.settings.ReceiverFactory;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.OutputOptions;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.RouteTest;
import dev.playcall.notify.routing.Routing;
import dev.playcall.notify.template.SampleNotifications;
import dev.playcall.web.http.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Who would hear of something, and why; nothing is sent. */
@Command(
        name = "routes",
        description = "test notification routing; sends nothing",
        subcommands = RoutesCommand.Test.class)
final class RoutesCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Override
    public Integer call() {
        throw new RefusedException(
                "labels required: routes test event=run.failed environment=production severity=error");
    }

    /** The question with its labels. */
    @Command(
            name = "test",
            header = "show which receivers match and why",
            footer = {"", "Example:", "  routes test event=run.failed environment=production"})
    static final class Test implements Callable<Integer> {
        @ParentCommand
        @Nullable
        RoutesCommand routes;

        @Parameters(paramLabel = "LABEL=VALUE", description = "the labels that routes match")
        List<String> labels = new ArrayList<>();

        @Mixin
        OutputOptions output = new OutputOptions();

        @Override
        public Integer call() {
            var command = Objects.requireNonNull(Objects.requireNonNull(routes).root);
            var config = command.load();
            var given = given();
            var routing =
                    new Routing(ReceiverFactory.rules(config.notifications()).root());
            var record = output.record();
            if (record.isPresent()) {
                command.out().print(text(routing, given, record.get()));
                command.out().flush();
                return Main.OK;
            }
            var templates = ReceiverFactory.templates(config.notifications());
            var out = command.out();
            routing.explain(given).forEach(out::println);
            var routed = routing.of(given);
            out.println();
            out.println(routed.isEmpty() ? "no receiver matches" : "told:");
            var sample = SampleNotifications.one(severity(given), given);
            routed.forEach(a -> {
                out.println("  " + RouteTest.words(a));
                Optional.ofNullable(templates.get(a.receiver()))
                        .ifPresent(w -> out.println("    as: " + w.of(sample).title()));
            });
            out.flush();
            return Main.OK;
        }

        private static String text(Routing routing, Map<String, String> given, String format) {
            var json = new ObjectMapper();
            var test = json.createObjectNode();
            test.set("labels", json.valueToTree(given));
            var receivers = test.putArray("receivers");
            routing.of(given).forEach(a -> {
                var one = receivers.addObject();
                one.put("receiver", a.receiver()).put("route", a.route());
                one.set("group", json.valueToTree(a.group()));
                one.put("wait", TextFormat.duration(a.timing().hold()));
            });
            test.set("why", json.valueToTree(routing.explain(given)));
            return format.equals("yaml") ? YamlText.of(test) : test + "\n";
        }

        private SortedMap<String, String> given() {
            try {
                return RouteTest.labels(labels);
            } catch (IllegalArgumentException e) {
                throw new RefusedException(String.valueOf(e.getMessage()));
            }
        }

        private static Severity severity(Map<String, String> labels) {
            return Severity.of(labels.getOrDefault("severity", "")).orElse(Severity.WARNING);
        }
    }
}
