package dev.playcall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.security.audit.AuditEntry;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditStore.Kept;
import dev.playcall.web.http.Csv;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The audit log as lines for other programs. */
enum AuditExport {
    CSV {
        @Override
        Optional<String> header() {
            return Optional.of(String.join(",", COLUMNS));
        }

        @Override
        String line(Kept row) {
            return cells(row).map(Csv::cell).collect(Collectors.joining(","));
        }
    },
    JSON {
        @Override
        Optional<String> header() {
            return Optional.empty();
        }

        @Override
        String line(Kept row) {
            var node = MAPPER.createObjectNode();
            var values = cells(row).toList();
            for (int i = 0; i < values.size(); i++) {
                node.put(COLUMNS.get(i), values.get(i));
            }
            node.put("sequence", row.sequence());
            row.entry()
                    .ifPresent(
                            e -> node.set("details", MAPPER.valueToTree(e.note().details())));
            return node.toString();
        }
    };

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int PAGE = 500;
    private static final List<String> COLUMNS = List.of(
            "sequence",
            "at",
            "person",
            "channel",
            "deed",
            "subject",
            "decision",
            "reason",
            "details",
            "hash",
            "seal",
            "problem");

    static Optional<AuditExport> of(String format) {
        return switch (format) {
            case "csv" -> Optional.of(CSV);
            case "json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }

    abstract Optional<String> header();

    abstract String line(Kept row);

    void write(AuditLog audit, PrintWriter out) {
        header().ifPresent(out::println);
        var page = audit.after(0, PAGE);
        while (!page.isEmpty()) {
            page.forEach(row -> out.println(line(row)));
            page = audit.after(page.getLast().sequence(), PAGE);
        }
    }

    private static Stream<String> cells(Kept row) {
        var head = Stream.of(Long.toString(row.sequence()));
        var tail = Stream.of(row.hash(), row.signature(), row.problem());
        var middle = row.entry()
                .map(AuditExport::cells)
                .orElseGet(() -> Stream.generate(() -> "").limit(8));
        return Stream.of(head, middle, tail).flatMap(s -> s);
    }

    private static Stream<String> cells(AuditEntry entry) {
        var note = entry.note();
        return Stream.of(
                entry.at().toString(),
                note.person().value(),
                note.channel(),
                note.action(),
                note.subject(),
                note.verdict().word(),
                note.reason(),
                MAPPER.valueToTree(note.details()).toString());
    }
}
