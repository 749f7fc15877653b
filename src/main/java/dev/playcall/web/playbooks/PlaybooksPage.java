package dev.playcall.web.playbooks;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.playbooks.PlaybooksView.PlaybookRow;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.RunButtons;
import dev.playcall.web.security.Sidebar;
import io.javalin.http.Context;
import java.util.Optional;

/** Puts the list of playbooks together. */
final class PlaybooksPage {
    private final Catalog catalog;
    private final Sidebar sidebar;
    private final VisibleEnvironments visible;
    private final RunButtons runButtons;

    PlaybooksPage(Catalog catalog, RequestAuth requestAuth, Sidebar sidebar, Context ctx) {
        this.catalog = catalog;
        this.sidebar = sidebar;
        this.visible = requestAuth.visibleEnvironments(ctx);
        this.runButtons = new RunButtons(catalog, requestAuth, ctx);
    }

    /** @param mayWrite whether this user may make another one */
    public PlaybooksView view(boolean mayWrite) {
        return new PlaybooksView(
                catalog.playbooks().values().stream().map(this::row).toList(), catalog.problems(), mayWrite);
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
                start(playbook, operation));
    }

    private static String variable(VariableSpec v) {
        return v.name() + (v.required() && v.defaultValue().isEmpty() ? " (required)" : "");
    }

    private ActionButton start(Playbook playbook, Optional<Operation> operation) {
        Optional<EnvironmentName> first =
                catalog.environments().keySet().stream().filter(visible::sees).findFirst();
        if (first.isEmpty()) {
            return new ActionButton("Start", "", "There are no environments yet.");
        }
        return operation
                .map(o -> runButtons.form("Start", o, first.get(), "", ""))
                .orElseGet(() -> runButtons.form(
                        "Start", Operation.PLAY, first.get(), playbook.name().value(), ""));
    }
}
