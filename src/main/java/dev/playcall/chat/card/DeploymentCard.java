package dev.playcall.chat.card;

import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.domain.rollout.Deployment.DeploymentState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The card of a deployment: a line for each wave.
 *
 * @param retried the deployment that this one does again where it did not succeed
 * @param rolledBack the newest run that takes it back
 * @param bad hosts of a wave that did not end well
 * @param asked the card of the first wave to which people have to agree
 */
record DeploymentCard(
        Deployment deployment,
        List<Run> waves,
        Optional<Deployment> retried,
        Optional<Run> rolledBack,
        Function<Run, List<String>> bad,
        Optional<RunCard> asked,
        Instant now,
        Function<Person, String> names) {
    private static final int NAMED = 4;

    Message message() {
        var blocks = new ArrayList<Block>();
        var state = deployment.state(waves);
        blocks.add(new Block.Title(tone(state), headline(deployment, waves)));
        blocks.add(new Block.Line("by " + names.apply(deployment.batch().by())
                + retried.map(d -> ", retry of " + d).orElse("") + "; "
                + UntrustedText.line(deployment.rollout().line(), 300)));
        if (!state.isFinal()) {
            blocks.add(new Block.Bar(ended(), deployment.hosts()));
        }
        blocks.add(new Block.Table(
                List.of("Wave", "Hosts", "Status", "Duration", "Failed hosts"),
                waves.stream().map(this::row).toList()));
        why().ifPresent(text -> blocks.add(new Block.Line(UntrustedText.line(text, 300))));
        facts().forEach(text -> blocks.add(new Block.Line(UntrustedText.line(text, 300))));
        deployment.untouchedLine(NAMED).ifPresent(text -> blocks.add(new Block.Line(UntrustedText.line(text, 300))));
        deployment
                .rollbackRun()
                .ifPresent(r -> blocks.add(new Block.Line("the wave is rolled back by " + r
                        + rolledBack
                                .filter(deployment::isOwnRollback)
                                .map(own -> " (" + own.state().label() + ")")
                                .orElse(""))));
        rolledBack
                .filter(r -> !deployment.isOwnRollback(r))
                .ifPresent(r -> blocks.add(new Block.Line(deployment.rolledBackLine(r))));
        asked.ifPresent(runCard -> {
            blocks.add(new Block.Line("an approval holds for all " + waves.size() + " waves"));
            blocks.addAll(runCard.approval());
        });
        blocks.add(new Block.Buttons(buttons(state)));
        return new Message(blocks);
    }

    static Tone tone(DeploymentState state) {
        return switch (state) {
            case PENDING, PAUSED -> Tone.WAITING;
            case RUNNING -> Tone.BUSY;
            case COMPLETED -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case CANCELLED -> Tone.PLAIN;
        };
    }

    /** {@code Deployment 3 deploy v1.2.3 → production running, wave 2 of 4}. */
    static String headline(Deployment deployment, List<Run> waves) {
        var text = new StringBuilder("Deployment ").append(deployment.id());
        if (!deployment.name().isEmpty()) {
            text.append(" \"").append(UntrustedText.line(deployment.name(), 60)).append('"');
        }
        waves.stream().findFirst().ifPresent(r -> text.append(' ').append(RunCard.what(r, deployment.selection())));
        text.append(' ').append(deployment.state(waves).word());
        var paused = deployment.state(waves) == DeploymentState.PAUSED
                        && deployment.nextAt().isEmpty()
                ? "; continue with: resume deployment " + deployment.id()
                : "";
        return text
                + waves.stream()
                        .filter(r -> !r.state().isFinal())
                        .findFirst()
                        .map(r -> ", wave " + Deployment.place(r) + " of " + waves.size())
                        .orElse("")
                + paused;
    }

    private int ended() {
        return waves.stream()
                .filter(r -> r.state().isFinal())
                .mapToInt(r -> r.request().servers())
                .sum();
    }

    private List<String> row(Run wave) {
        var hosts = wave.progress().failed() + wave.progress().unreachable() > 0 ? bad.apply(wave) : List.<String>of();
        boolean notBegun =
                wave.state() == RunState.CANCELLED && wave.startedAt().isEmpty();
        return List.of(
                RunCard.sign(wave.state()) + " " + Deployment.place(wave) + " " + wave.id(),
                Integer.toString(wave.request().servers()),
                notBegun ? "not started" : RunCard.word(wave),
                wave.duration(now).map(TextFormat::duration).orElse("–"),
                hosts.isEmpty() ? "–" : TextFormat.list(hosts, NAMED));
    }

    private Optional<String> why() {
        if (!deployment.stopped().isEmpty()) {
            return Optional.of(deployment.stopped());
        }
        return deployment
                .held(waves)
                .filter(_ -> deployment.state(waves) == DeploymentState.PAUSED)
                .map(r -> deployment
                        .nextAt()
                        .map(at -> "wave " + Deployment.place(r) + " starts in "
                                + TextFormat.duration(Duration.between(now, at)))
                        .orElseGet(() -> deployment.holdLine(r)));
    }

    /** What was said of it when it was requested. */
    private List<String> facts() {
        var facts = new ArrayList<String>();
        Optional.of(deployment.description()).filter(d -> !d.isBlank()).ifPresent(facts::add);
        waves.stream().findFirst().flatMap(r -> r.request().variablesLine()).ifPresent(facts::add);
        return facts;
    }

    private List<Button> buttons(DeploymentState state) {
        var buttons = new ArrayList<Button>();
        asked.map(RunCard::run).ifPresent(r -> {
            long n = r.id().value();
            buttons.add(new Button("Approve", new Action(Action.Kind.APPROVE, n), "approve " + n, Weight.FIRST, ""));
            buttons.add(new Button("Reject", new Action(Action.Kind.REJECT, n), "reject " + n, Weight.DANGER, ""));
        });
        resuming(state).ifPresent(buttons::add);
        ending(state).ifPresent(buttons::add);
        return buttons;
    }

    private Optional<Button> resuming(DeploymentState state) {
        long id = deployment.id();
        var action = new Action(Action.Kind.DEPLOYMENT_RESUME, id);
        return Optional.of(new Button("Resume", action, "resume deployment " + id, Weight.FIRST, ""))
                .filter(_ -> state == DeploymentState.PAUSED);
    }

    /** What ends it, or does again what it did not do. */
    private Optional<Button> ending(DeploymentState state) {
        long id = deployment.id();
        if (!state.isFinal()) {
            var ask = "Cancel deployment " + id + "? A running wave is stopped immediately.";
            var action = new Action(Action.Kind.DEPLOYMENT_CANCEL, id);
            return Optional.of(new Button("Cancel", action, "cancel deployment " + id, Weight.DANGER, ask));
        }
        var action = new Action(Action.Kind.DEPLOYMENT_RETRY, id);
        return Optional.of(new Button("Retry failed", action, "retry deployment " + id, Weight.FIRST, ""))
                .filter(_ -> waves.stream().anyMatch(r -> r.state() != RunState.SUCCESS));
    }
}
