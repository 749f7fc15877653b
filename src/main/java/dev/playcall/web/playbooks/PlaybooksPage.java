package dev.playcall.web.playbooks;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.playbooks.PlaybooksView.PlaybookRow;
import dev.playcall.web.playbooks.PlaybooksView.Scheduled;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.RunButtons;
import dev.playcall.web.security.Sidebar;
import io.javalin.http.Context;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Puts the list of playbooks together. */
final class PlaybooksPage {
    private final Catalog catalog;
    private final List<Schedule> schedules;
    private final ZoneId zone;
    private final Sidebar sidebar;
    private final VisibleEnvironments visible;
    private final RunButtons runButtons;

    /** @param schedules every one that there is */
    PlaybooksPage(
            Catalog catalog,
            List<Schedule> schedules,
            ZoneId zone,
            RequestAuth requestAuth,
            Sidebar sidebar,
            Context ctx) {
        this.schedules = schedules;
        this.zone = zone;
        this.catalog = catalog;
        this.sidebar = sidebar;
        this.visible = requestAuth.visibleEnvironments(ctx);
        this.runButtons = new RunButtons(catalog, requestAuth, ctx);
    }

    /**
     * @param mayWrite whether this user may make another one here
     * @param elsewhere why nobody does, empty where they are made here
     */
    PlaybooksView view(boolean mayWrite, String elsewhere) {
        return new PlaybooksView(
                catalog.playbooks().values().stream().map(this::row).toList(), catalog.problems(), mayWrite, elsewhere);
    }

    PlaybookRow row(Playbook playbook) {
        var operations = catalog.operations().values().stream()
                .filter(o -> o.playbook().filter(playbook.name()::equals).isPresent())
                .map(o -> o.operation())
                .toList();
        var operation = operations.stream().findFirst();
        return new PlaybookRow(
                playbook.name().value(),
                playbook.title(),
                playbook.description(),
                operations.stream().map(Operation::value).toList(),
                playbook.danger() == Playbook.Danger.HIGH,
                playbook.variables().stream().map(PlaybooksPage::variable).toList(),
                sidebar.dot(playbook, visible),
                form("Start", "", playbook, operation),
                form("Schedule", "&when=cron", playbook, operation),
                scheduled(playbook, operations));
    }

    /** What runs it by itself, as far as this user may see it. */
    private List<Scheduled> scheduled(Playbook playbook, List<Operation> operations) {
        return schedules.stream()
                .filter(s -> s.isActive() && !s.plan().isReport())
                .filter(s -> visible.sees(new EnvironmentName(s.plan().environment())))
                .filter(s -> s.plan().operation().equals(Operation.PLAY.value())
                        ? s.plan()
                                .playbook()
                                .filter(playbook.name().value()::equals)
                                .isPresent()
                        : operations.stream()
                                .anyMatch(o -> o.value().equals(s.plan().operation())))
                .map(this::scheduled)
                .toList();
    }

    private Scheduled scheduled(Schedule s) {
        var place = s.timing() instanceof ScheduleTiming.Repeated(var _, var own) ? own : zone;
        var next = s.paused().isPresent()
                ? "paused"
                : s.next().map(t -> "next " + TextFormat.weekdayOnly(t, place)).orElse("");
        var what = s.name().isEmpty()
                ? s.plan().words()
                : s.name() + " (" + s.plan().environment() + ")";
        return new Scheduled(s.id(), what, s.timing().words(), next);
    }

    private static String variable(VariableSpec v) {
        return v.name() + (v.required() && v.defaultValue().isEmpty() ? " (required)" : "");
    }

    private ActionButton form(String label, String more, Playbook playbook, Optional<Operation> operation) {
        Optional<EnvironmentName> first =
                catalog.environments().keySet().stream().filter(visible::sees).findFirst();
        if (first.isEmpty()) {
            return new ActionButton(label, "", "There are no environments yet.");
        }
        return operation
                .map(o -> runButtons.form(label, o, first.get(), "", more))
                .orElseGet(() -> runButtons.form(
                        label, Operation.PLAY, first.get(), playbook.name().value(), more));
    }
}
