package dev.playcall.web.settings;

import dev.playcall.content.ContentException;
import dev.playcall.content.galaxy.Galaxy;
import dev.playcall.content.galaxy.GalaxyRequirements;
import dev.playcall.content.git.CheckoutStatus;
import dev.playcall.content.git.CheckoutStatus.Distance;
import dev.playcall.content.git.Checkouts;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.settings.GitView.Stock;
import dev.playcall.web.settings.GitView.Tree;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together where playbooks, inventories, collections and roles come from. Nobody outside is asked for it. */
final class GitPage {
    private static final int SHOWN = 3;
    private static final int NAMED = 20;

    private final Checkouts checkouts;
    private final Galaxy galaxy;
    private final RunJournal journal;
    private final AuditLog audit;
    private final Clock clock;

    GitPage(Checkouts checkouts, Galaxy galaxy, RunJournal journal, AuditLog audit, Clock clock) {
        this.checkouts = checkouts;
        this.galaxy = galaxy;
        this.journal = journal;
        this.audit = audit;
        this.clock = clock;
    }

    GitView view(boolean may) {
        var now = clock.instant();
        var past = new RecentActions(audit, now);
        return new GitView(
                checkouts.standing().stream().map(s -> tree(s, now)).toList(),
                past.of("sync", SHOWN),
                checkouts.unfinished().map(Object::toString).orElse(""),
                working(),
                galaxy(now),
                past.of("galaxy.install", SHOWN),
                may);
    }

    private String working() {
        return journal.read().running().stream()
                .map(Run::id)
                .map(Object::toString)
                .limit(NAMED)
                .collect(Collectors.joining(", "));
    }

    private static Tree tree(CheckoutStatus s, Instant now) {
        var facts = new ArrayList<Fact>();
        s.commit()
                .ifPresent(c -> facts.add(new Fact(
                        "Last commit",
                        Revision.brief(c.id()) + " " + c.subject() + ", " + c.author() + ", "
                                + TextFormat.ago(c.at(), now),
                        c.id() + " " + JsonBodies.time(c.at()),
                        "")));
        fact(facts, "Branch", s.branch().isEmpty() ? "none (detached)" : s.branch(), "");
        fact(facts, "Upstream", s.follows(), s.url());
        s.distance().ifPresent(d -> fact(facts, "Status", compared(d), ""));
        s.asked().ifPresent(a -> fact(facts, "Last fetch", TextFormat.ago(a, now), JsonBodies.time(a)));
        fact(facts, "Local changes", s.edited().isEmpty() && s.unknown().isEmpty() ? "none" : count(s), "");
        return new Tree(s.folder().toString(), facts, s.blocker().orElse(""), some(s.edited()), some(s.unknown()));
    }

    private static String count(CheckoutStatus s) {
        return Stream.of(
                        s.edited().isEmpty() ? "" : s.edited().size() + " modified",
                        s.unknown().isEmpty() ? "" : s.unknown().size() + " untracked")
                .filter(t -> !t.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String compared(Distance d) {
        if (d.ahead() == 0 && d.behind() == 0) {
            return "up to date as of the last fetch";
        }
        return Stream.of(
                        d.behind() == 0 ? "" : commits(d.behind()) + " behind",
                        d.ahead() == 0 ? "" : commits(d.ahead()) + " ahead, not pushed")
                .filter(t -> !t.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String commits(int n) {
        return n == 1 ? "1 commit" : n + " commits";
    }

    private static List<String> some(List<String> files) {
        var rest = files.size() - NAMED;
        return rest <= 0
                ? files
                : Stream.concat(files.stream().limit(NAMED), Stream.of("and " + rest + " more"))
                        .toList();
    }

    private static void fact(List<Fact> facts, String name, String value, String exact) {
        if (!value.isBlank()) {
            facts.add(new Fact(name, value, exact, ""));
        }
    }

    private GitView.Galaxy galaxy(Instant now) {
        try {
            var stock = galaxy.stock();
            var sets = galaxy.sets().stream().map(s -> set(s, now)).toList();
            boolean there = stock.filter(s -> Files.isDirectory(s.folder())).isPresent();
            return new GitView.Galaxy(
                    stock.map(s -> s.what() + " of " + s.where()).orElse(""),
                    stock.isEmpty() ? "" : there ? "installed" : missing(),
                    there ? "good" : "wait",
                    sets,
                    stock.isPresent() && !there);
        } catch (ContentException e) {
            return new GitView.Galaxy("", e.why(), "bad", List.of(), false);
        }
    }

    private String missing() {
        return "not installed; "
                + (galaxy.isAutomatic() ? "the next run installs them first" : "runs are refused until then");
    }

    private static Stock set(GalaxyRequirements s, Instant now) {
        return new Stock(
                s.name(),
                s.wanted(),
                TextFormat.ago(s.installed(), now),
                TextFormat.ago(s.used(), now),
                s.parts().stream()
                        .map(p -> Optional.of(p.version())
                                .filter(v -> !v.isEmpty())
                                .map(v -> p.name() + " " + v)
                                .orElse(p.name()))
                        .toList());
    }
}
