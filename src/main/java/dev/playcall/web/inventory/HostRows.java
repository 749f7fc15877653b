package dev.playcall.web.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.MediaType;
import dev.playcall.web.http.ProblemException;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Many hosts in the body of one request: a JSON array of objects, or CSV ({@code text/csv}) whose first line names the
 * columns. In CSV, tags are separated by spaces, a column of another name is a variable, and an empty cell says nothing.
 */
final class HostRows {
    static final Set<String> FIELDS = Set.of("name", "address", "port", "user", "key", "tags", "variables");
    /** Bytes: 10,000 hosts with an address, a key, tags and a few variables. */
    private static final int LARGEST = 8 << 20;

    private static final ObjectReader CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.FAIL_ON_MISSING_HEADER_COLUMNS)
            .build()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader());

    private HostRows() {}

    /** @return one object a host, with no other fields than {@link #FIELDS} */
    static List<JsonNode> read(Context ctx) throws IOException {
        var type = MediaType.of(ctx);
        type.refuseOtherCharsets();
        var body = ctx.bodyInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw new ProblemException(413, "the body is larger than 8 MB, which is the limit here", Optional.empty());
        }
        if (type.is("text/csv")) {
            return csv(new String(body, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", ""));
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
            hosts.add(host);
        }
        return hosts;
    }

    private static List<JsonNode> csv(String text) throws IOException {
        var hosts = new ArrayList<JsonNode>();
        try (MappingIterator<Map<String, String>> rows = CSV.readValues(text)) {
            while (rows.hasNextValue()) {
                hosts.add(host(rows.nextValue()));
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    400,
                    "the table is not CSV: " + e.getOriginalMessage() + " (host " + (hosts.size() + 1) + ")",
                    Optional.empty());
        }
        return hosts;
    }

    private static ObjectNode host(Map<String, String> row) {
        if (!row.containsKey("name")) {
            throw new ProblemException(400, "the first line of the table names no column name", Optional.empty());
        }
        var host = JsonBodies.object();
        var variables = JsonBodies.object();
        row.forEach((column, cell) -> {
            if (cell == null || cell.isBlank()) {
                return;
            }
            if (column.equals("tags")) {
                var tags = host.putArray("tags");
                List.of(cell.strip().split("[ ,;|]+")).forEach(tags::add);
            } else {
                (FIELDS.contains(column) ? host : variables).put(column, cell);
            }
        });
        host.set("variables", variables);
        return host;
    }
}
