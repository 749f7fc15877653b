package dev.playcall.chat.query;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.command.CommandWords;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.domain.rollout.Deployment.DeploymentState;
import dev.playcall.journal.DeploymentStore.DeploymentQuery;
import dev.playcall.journal.EventStore;
import dev.playcall.security.access.VisibleEnvironments;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Answers {@code deployments}. */
record DeploymentQueries(EventStore store, RunCards cards) {
    private static final int MOST = 15;

    Answer list(List<String> words, VisibleEnvironments visible, Catalog catalog) {
        var seen = visible.narrowed(catalog.environments().keySet());
        var state = words.stream().findFirst().flatMap(DeploymentState::of);
        var search = String.join(" ", state.isEmpty() ? words : words.subList(1, words.size()));
        var page = store.deployments().list(new DeploymentQuery(state, search, seen, 0, MOST));
        if (page.deployments().isEmpty()) {
            return Answer.of(Message.line(Tone.PLAIN, none(state, search, catalog)));
        }
        var title = page.total() == 1 ? "1 deployment" : page.total() + " deployments";
        return Answer.of(Message.of(
                new Block.Title(Tone.PLAIN, title),
                new Block.Table(
                        List.of("Deployment", "What", "Status", "Hosts", "Requested"),
                        page.deployments().stream().map(this::row).toList())));
    }

    private static String none(Optional<DeploymentState> state, String search, Catalog catalog) {
        if (search.isBlank()) {
            return state.map(s -> "There is no " + s.word() + " deployment.")
                    .orElseGet(() -> "No deployments yet. " + example(catalog) + " makes one.");
        }
        var none = "No " + state.map(s -> s.word() + " ").orElse("") + "deployment has \""
                + UntrustedText.line(search, 60) + "\" in its name";
        if (search.matches("#?[0-9]{1,18}")) {
            return none + "; by number: show deployment " + search.replaceFirst("#", "");
        }
        return state.isPresent() ? none : none + statuses(search);
    }

    /** For whoever looked for a status. */
    private static String statuses(String search) {
        var words =
                Stream.of(DeploymentState.values()).map(DeploymentState::word).toList();
        return Suggestion.of(search, words)
                .map(w -> "; did you mean the status " + w + "?")
                .orElse("; a status is one of " + String.join(", ", words));
    }

    /** With names that are there. */
    private static String example(Catalog catalog) {
        var playbook = catalog.playbooks().keySet().stream().findFirst().map(PlaybookName::value);
        var environment = catalog.environments().keySet().stream().findFirst().map(EnvironmentName::value);
        return "rollout play " + playbook.orElse("<playbook>") + " " + environment.orElse("<environment>");
    }

    /** The deployment with this number, shown as {@code show} does. */
    Answer one(List<String> words, Function<Deployment, Answer> show) {
        return CommandWords.number(words)
                .flatMap(store.deployments()::find)
                .map(show)
                .orElseGet(() -> Answer.refusal(
                        words.isEmpty()
                                ? "which deployment? For example: show deployment 3"
                                : "there is no deployment " + UntrustedText.line(words.getFirst(), 20)));
    }

    private List<String> row(Deployment deployment) {
        var waves = store.batches().runs(deployment.batch().id());
        var state = deployment.state(waves);
        return List.of(
                Long.toString(deployment.id()),
                what(deployment, waves),
                state.word()
                        + store.deployments()
                                .rolledBack(deployment)
                                .map(r -> ", rollback " + r.id())
                                .orElse(""),
                Integer.toString(deployment.hosts()),
                TextFormat.duration(java.time.Duration.between(
                                deployment.batch().at(), cards.clock().instant())) + " ago");
    }

    private static String what(Deployment deployment, List<Run> waves) {
        var request = waves.stream().findFirst().map(Run::request);
        var words = request.map(r -> r.operation() + r.what().map(w -> " " + w).orElse("") + " " + r.environment())
                .orElse("");
        return UntrustedText.line(deployment.name().isEmpty() ? words : deployment.name() + " (" + words + ")", 80);
    }
}
