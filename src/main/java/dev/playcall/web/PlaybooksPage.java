package dev.playcall.web;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Playbook;
import dev.playcall.catalog.VariableSpec;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Operation;
import dev.playcall.security.Sight;
import dev.playcall.web.pages.Act;
import dev.playcall.web.pages.PlaybooksView;
import dev.playcall.web.pages.PlaybooksView.PlaybookRow;
import io.javalin.http.Context;
import java.util.Optional;

/** Puts the list of playbooks together. */
final class PlaybooksPage {
    private final Catalog catalog;
    private final Sidebar sidebar;
    private final Sight sight;
    private final Acts acts;

    PlaybooksPage(Catalog catalog, Visitors visitors, Sidebar sidebar, Context ctx) {
        this.catalog = catalog;
        this.sidebar = sidebar;
        this.sight = visitors.sight(ctx);
        this.acts = new Acts(catalog, visitors, ctx);
    }

    /** @param mayWrite whether this visitor may make another one */
    PlaybooksView view(boolean mayWrite) {
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
                sidebar.dot(playbook, sight),
                start(playbook, operation));
    }

    private static String variable(VariableSpec v) {
        return v.name() + (v.required() && v.defaultValue().isEmpty() ? " (required)" : "");
    }

    private Act start(Playbook playbook, Optional<Operation> operation) {
        Optional<EnvironmentName> first =
                catalog.environments().keySet().stream().filter(sight::sees).findFirst();
        if (first.isEmpty()) {
            return new Act("Start", "", "There is no environment yet.");
        }
        return operation
                .map(o -> acts.form("Start", o, first.get(), "", ""))
                .orElseGet(() -> acts.form(
                        "Start", Operation.PLAY, first.get(), playbook.name().value(), ""));
    }
}
