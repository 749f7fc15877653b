package dev.playcall.web.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.command.HostCommand;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.MediaType;
import dev.playcall.web.http.ProblemException;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Many hosts in the body of one request: a JSON array of objects, or CSV ({@code text/csv}) whose first line names the
 * columns. In CSV, tags are separated by spaces, a column of another name is a variable, and an empty cell says nothing.
 */
final class HostRows {
    static final Set<String> FIELDS = Stream.concat(
                    Stream.of("name", "address", "port", "user", "key", "tags", "variables"),
                    RegisteredHost.DETAILS.stream())
            .collect(Collectors.toUnmodifiableSet());
    /** In CSV a tag may be called what it is to Ansible. */
    private static final Set<String> TAGS = Set.of("tags", "tag", "groups", "group");

    private static final Set<String> KNOWN =
            Stream.of(FIELDS, TAGS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    /** Bytes: 10,000 hosts with an address, a key, tags and a few variables. */
    private static final int LARGEST = 8 << 20;

    private static final ObjectReader CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.FAIL_ON_MISSING_HEADER_COLUMNS)
            .build()
            .readerForMapOf(String.class);

    private static final ObjectReader CELLS = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .build()
            .readerFor(String[].class);

    private HostRows() {}

    /**
     * What somebody pasted or uploaded: CSV, or JSON where it begins with a bracket; a byte order mark before it is skipped.
     *
     * @throws ProblemException when it is neither
     */
    static HostCommand.RegisterHosts pasted(String environment, String text) throws IOException {
        var table = text.replaceFirst("^\uFEFF", "").strip();
        var hosts = table.startsWith("[") || table.startsWith("{")
                ? json(JsonBodies.large(table.getBytes(StandardCharsets.UTF_8)))
                : csv(table);
        return RegisteredHostRoutes.all(environment, hosts);
    }

    /** @return one object a host, with no other fields than {@link #FIELDS} */
    static List<JsonNode> read(Context ctx) throws IOException {
        var type = MediaType.of(ctx);
        type.refuseOtherCharsets();
        var body = ctx.bodyInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw new ProblemException(413, "the body is larger than 8 MB, which is the limit here", Optional.empty());
        }
        if (type.is("text/csv")) {
            return csv(utf8(body).replaceFirst("^\uFEFF", ""));
        }
        if (type.is("application/json")) {
            return json(JsonBodies.large(body));
        }
        throw new ProblemException(415, "the content type must be application/json or text/csv", Optional.empty());
    }

    private static List<JsonNode> json(JsonNode body) {
        if (!body.isArray()) {
            throw new ProblemException(400, "the body must be a JSON array of hosts", Optional.empty());
        }
        var hosts = new ArrayList<JsonNode>();
        for (var host : body) {
            if (!host.isObject()) {
                throw new ProblemException(400, "host " + (hosts.size() + 1) + " is not an object", Optional.empty());
            }
            ProblemException.refuseUnknownFields(host, FIELDS);
            if (!host.path("name").isTextual()) {
                throw ProblemException.badRequest("name", "host " + (hosts.size() + 1) + ": name must be a string");
            }
            hosts.add(host);
        }
        return hosts;
    }

    private static List<JsonNode> csv(String text) throws IOException {
        if (text.lines().findFirst().orElse("").isBlank()) {
            throw new ProblemException(
                    400, "the first line of the table is empty; it has to name the columns", Optional.empty());
        }
        var hosts = new ArrayList<JsonNode>();
        var schema = CsvSchema.emptySchema().withColumnSeparator(separator(text));
        try (MappingIterator<String[]> cells = CELLS.with(schema).readValues(text);
                MappingIterator<Map<String, String>> rows =
                        CSV.with(schema.withHeader()).readValues(text)) {
            if (cells.hasNextValue()) {
                checkHeader(cells.nextValue());
            }
            while (rows.hasNextValue()) {
                hosts.add(host(rows.nextValue()));
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    400, "the table is not CSV: host " + (hosts.size() + 1) + reason(e), Optional.empty());
        }
        return hosts;
    }

    /** The reader speaks of entries and characters with their codes. */
    private static String reason(JsonProcessingException e) {
        var message = String.valueOf(e.getOriginalMessage());
        if (message.startsWith("Too many entries")) {
            return " has more cells than the first line has columns";
        }
        return message.contains("quote") || message.contains("Expected column separator")
                ? " has a quote (\") that is not closed, or text behind one that is"
                : " cannot be read";
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(400, "the table is not a text in UTF-8", Optional.empty());
        }
    }

    /** A spreadsheet takes a semicolon where the comma is the decimal separator, and a tab when cells are copied. */
    private static char separator(String text) {
        var header = text.lines().findFirst().orElse("");
        if (header.contains(",")) {
            return ',';
        }
        return header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
    }

    /** The case of a variable counts to Ansible, that of a column of ours to nobody. */
    private static String known(String column) {
        var name = column.strip();
        var lower = name.toLowerCase(Locale.ROOT);
        return KNOWN.contains(lower) ? lower : name;
    }

    /** Of two columns with one name the reader keeps the last, and a mistyped one would be a variable that nobody reads. */
    private static void checkHeader(String[] header) {
        var columns = new HashSet<String>();
        for (var column : header) {
            if (!columns.add(known(column))) {
                throw wrong(column, "the column " + Truncate.of(column, 60) + " is there twice");
            }
        }
        if (!columns.contains("name")) {
            throw new ProblemException(
                    400,
                    "the first line of the table names no column name (columns are separated by commas, semicolons or tabs)",
                    Optional.empty());
        }
        for (var column : columns) {
            var near = KNOWN.contains(column) ? Optional.<String>empty() : Suggestion.of(column, KNOWN);
            if (near.isPresent() || column.equals("variables")) {
                throw wrong(
                        column,
                        "there is no column " + Truncate.of(column, 60)
                                + near.map(n -> "; did you mean " + n + "?")
                                        .orElse("; each variable has a column of its own"));
            }
        }
    }

    private static ProblemException wrong(String column, String why) {
        return ProblemException.badRequest(Truncate.of(column, 60), why);
    }

    private static ObjectNode host(Map<String, String> row) {
        var host = JsonBodies.object();
        var variables = JsonBodies.object();
        row.forEach((header, cell) -> {
            if (cell == null || cell.isBlank()) {
                return;
            }
            var column = known(header);
            if (TAGS.contains(column)) {
                var tags = host.withArray("tags");
                List.of(cell.strip().split("[ ,;|]+")).forEach(tags::add);
            } else {
                (FIELDS.contains(column) ? host : variables).put(column, cell);
            }
        });
        host.set("variables", variables);
        return host;
    }
}
