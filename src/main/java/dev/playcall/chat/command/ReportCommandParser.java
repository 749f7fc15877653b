package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.ReportCommand;
import dev.playcall.command.ScheduleCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what stands behind {@code report}: {@code weekly production on mon at 08:30}. */
final class ReportCommandParser {
    private static final List<String> OWN = List.of("--tz", "--missed", "--channel", "--to");

    private final CommandEntry entry;
    private final ScheduleCommandParser schedules;

    ReportCommandParser(CommandEntry entry) {
        this.entry = entry;
        this.schedules = new ScheduleCommandParser(entry, _ -> new CommandParser.Parsed.Nothing());
    }

    CommandParser.Parsed parse(List<String> rest) {
        if (rest.isEmpty()) {
            return wrong("report daily, weekly, \"cron\", now, list, pause, resume or remove?");
        }
        var words = rest.subList(1, rest.size());
        return switch (rest.getFirst()) {
            case "list" -> ScheduleCommandParser.list(entry, words, List.of("list"));
            case "now" -> new CommandParser.Parsed.Query("report", words);
            case "pause" -> schedules.change(ScheduleCommand.ChangeSchedule.How.PAUSE, words, rest);
            case "resume" -> schedules.change(ScheduleCommand.ChangeSchedule.How.RESUME, words, rest);
            case "remove" -> schedules.change(ScheduleCommand.ChangeSchedule.How.REMOVE, words, rest);
            default -> add(rest);
        };
    }

    private CommandParser.Parsed add(List<String> all) {
        var left = new ArrayList<>(all);
        Map<String, String> own = new HashMap<>();
        var missing = ScheduleCommandParser.take(OWN, left, own);
        if (missing.isPresent()) {
            return wrong(missing.get() + " needs a value");
        }
        var every = left.isEmpty() ? "" : ScheduleCommandParser.cron(left, 5);
        if (!every.equals("daily") && !every.equals("weekly") && !every.contains(" ")) {
            return wrong("\"" + UntrustedText.line(every, 40) + "\" is not daily, weekly or a cron expression.");
        }
        for (var word : List.of("on", "at")) {
            int at = left.indexOf(word);
            if (at >= 0 && at == left.size() - 1) {
                return wrong(word + " needs a value");
            }
            if (at >= 0) {
                left.remove(at);
                own.put(word, left.remove(at));
            }
        }
        if (left.size() > 1) {
            return wrong("\"" + UntrustedText.line(left.get(1), 40) + "\" is not a valid option.");
        }
        var remaining = CommandParser.words(entry.name(), all);
        return new CommandParser.Parsed.Execute(report(every, left, own), remaining, true);
    }

    private static ReportCommand.AddReport report(String every, List<String> left, Map<String, String> own) {
        return new ReportCommand.AddReport(
                every,
                own.getOrDefault("on", ""),
                own.getOrDefault("at", ""),
                own.getOrDefault("--tz", ""),
                own.getOrDefault("--missed", ""),
                left.isEmpty() ? "" : left.getFirst(),
                own.getOrDefault("--channel", ""),
                own.getOrDefault("--to", ""));
    }

    private CommandParser.Parsed wrong(String what) {
        return new CommandParser.Parsed.Invalid(
                what + " For example: " + entry.examples().getFirst());
    }
}
