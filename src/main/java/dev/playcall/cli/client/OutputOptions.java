package dev.playcall.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.web.http.YamlText;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How what is read is printed. */
public final class OutputOptions {
    /** By the names people give them. */
    enum Format {
        table,
        json,
        yaml
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (default), json or yaml")
    Format format = Format.table;

    @Option(names = "--json", description = "the same as -o json")
    boolean json;

    /** What was asked for other than text: json or yaml. */
    public Optional<String> record() {
        var asked = json ? Format.json : format;
        return asked == Format.table ? Optional.empty() : Optional.of(asked.name());
    }

    /** What a command was answered: in that format, or its message. */
    public String of(JsonNode answer) {
        return record().map(
                        format -> format.equals("yaml") ? YamlText.of(answer).stripTrailing() : answer.toString())
                .orElseGet(() -> answer.path("message").asText());
    }
}
