package dev.playcall.chat;

import dev.playcall.catalog.Catalog;
import dev.playcall.command.Command;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.PlaybookName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what stands behind {@code pause}, {@code resume}, {@code drain} and {@code reload}. */
final class QueueWords {
    static final Set<String> NAMES = Set.of("pause", "resume", "drain", "reload");

    private QueueWords() {}

    static Grammar.Parsed parse(CommandEntry entry, List<String> rest, Catalog catalog) {
        var said = new ArrayList<>(rest);
        said.addFirst(entry.name());
        if (entry.name().equals("reload")) {
            return rest.isEmpty()
                    ? new Grammar.Parsed.Deed(new Command.Reload(), said, true)
                    : new Grammar.Parsed.Wrong("reload takes no words: it reads the whole configuration");
        }
        if (entry.name().equals("drain")) {
            return new Grammar.Parsed.Deed(new Command.Drain(String.join(" ", rest)), said, true);
        }
        var what = rest.isEmpty() ? "" : rest.getFirst();
        var run = Grammar.runId(what).filter(_ -> !isKnown(what, catalog));
        if (run.isPresent()) {
            var why = String.join(" ", rest.subList(1, rest.size()));
            var about = entry.name().equals("pause")
                    ? new Command.PauseRun(run.get(), why)
                    : new Command.ResumeRun(run.get());
            return new Grammar.Parsed.Deed(about, said, true);
        }
        if (entry.name().equals("resume")) {
            return rest.size() > 1
                    ? new Grammar.Parsed.Wrong("resume takes one word: queue, an environment, a playbook or a run")
                    : new Grammar.Parsed.Deed(new Command.Resume(what), said, true);
        }
        if (rest.size() > 1 && !isKnown(what, catalog)) {
            return new Grammar.Parsed.Wrong("there is no environment and no playbook \"" + ForeignText.line(what, 40)
                    + "\"; for everything: pause queue " + ForeignText.line(String.join(" ", rest), 100));
        }
        var reason = rest.isEmpty() ? "" : String.join(" ", rest.subList(1, rest.size()));
        return new Grammar.Parsed.Deed(new Command.Pause(what, reason), said, true);
    }

    private static boolean isKnown(String text, Catalog catalog) {
        var name = text.replaceFirst("^(playbook|environment):", "");
        return text.equals("queue")
                || (EnvironmentName.isValid(name)
                        && catalog.environment(new EnvironmentName(name)).isPresent())
                || (PlaybookName.isValid(name)
                        && catalog.playbook(new PlaybookName(name)).isPresent());
    }
}
