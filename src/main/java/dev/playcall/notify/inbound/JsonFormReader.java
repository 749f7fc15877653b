package dev.playcall.notify.inbound;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.config.NotifyConfig.JsonForm;
import dev.playcall.domain.Truncate;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Anybody's JSON, read as the configuration says. A field is looked for in the item first, then in the whole body. */
final class JsonFormReader {
    private static final int MOST = 1_000;
    private static final int LABEL = 1_000;

    private final String source;
    private final JsonForm form;
    private final String key;
    private final Instant now;

    /** @param key of the whole request, for items that have none */
    JsonFormReader(String source, JsonForm form, String key, Instant now) {
        this.source = source;
        this.form = form;
        this.key = key;
        this.now = now;
    }

    InboundResult read(JsonNode body) {
        var items = body.at(form.items());
        if (items.isMissingNode()) {
            return InboundResult.bad(
                    form.items() + ": nothing found, but notify.sources." + source + ".items points there");
        }
        if (!items.isArray()) {
            return new Reading(body).all(List.of(items), false);
        }
        return items.size() > MOST
                ? InboundResult.bad(form.items() + ": has " + items.size() + " entries, at most " + MOST)
                : new Reading(body).all(items.valueStream().toList(), true);
    }

    /** One body on its way. */
    private final class Reading {
        private final JsonNode body;
        private final List<String> problems = new ArrayList<>();

        Reading(JsonNode body) {
            this.body = body;
        }

        InboundResult all(List<JsonNode> items, boolean many) {
            var events = new ArrayList<NotificationEvent>();
            for (int i = 0; i < items.size(); i++) {
                var place = form.items() + (many ? "/" + i : "");
                if (items.get(i).isObject()) {
                    notice(items.get(i), place, i).ifPresent(events::add);
                } else {
                    problems.add(place + ": must be an object");
                }
            }
            return new InboundResult(events, problems);
        }

        private Optional<NotificationEvent> notice(JsonNode item, String place, int number) {
            int before = problems.size();
            var title = text(item, place, "title", JsonFields.TEXT)
                    .map(Truncate::line)
                    .filter(t -> !t.isEmpty())
                    .map(t -> Truncate.of(t, JsonFields.TITLE));
            if (title.isEmpty() && problems.size() == before) {
                problems.add(place + written("title") + ": the event has no title");
            }
            var labels = labels(item, place);
            var severity = text(item, place, "severity", 100)
                    .flatMap(t -> mapped(t, form.severities(), InboundText::severity, Severity::of))
                    .orElse(Severity.WARNING);
            var status = text(item, place, "status", 100)
                    .flatMap(t -> mapped(t, form.statuses(), InboundText::status, JsonFormReader::status))
                    .orElse(NotificationEvent.Status.EVENT);
            var keyed = text(item, place, "key", 200);
            var named = keyed.map(k -> k + "/" + status + "/" + severity.word()).orElse(key + "/" + number);
            var subject = text(item, place, "subject", 200)
                    .or(() -> keyed)
                    .orElseGet(() -> status == NotificationEvent.Status.EVENT
                            ? named
                            : labels.isEmpty() ? title.orElse("") : labels.toString());
            var at = time(item, place);
            var link =
                    text(item, place, "link", 2_000).filter(JsonFields::isWeb).orElse("");
            if (problems.size() > before || title.isEmpty()) {
                return Optional.empty();
            }
            var kind = text(item, place, "event", 100).orElse("notice");
            var body = text(item, place, "text", JsonFields.TEXT).orElse("");
            // The key is that of the problem: it opens, ends and may open again under the same one.
            var order = keyed.isPresent()
                    ? NotificationEvent.Order.repeated(status, at)
                    : NotificationEvent.Order.once(status, at);
            return problems.size() > before
                    ? Optional.empty()
                    : Optional.of(new NotificationEvent(
                            source,
                            named,
                            subject,
                            at.orElse(now),
                            kind,
                            severity,
                            status,
                            labels,
                            title.get(),
                            body,
                            link,
                            order));
        }

        private String written(String field) {
            var where = form.fields().getOrDefault(field, "");
            return where.startsWith("/") ? where : "/" + field;
        }

        private Optional<String> text(JsonNode item, String place, String field, int longest) {
            return Optional.ofNullable(form.fields().get(field))
                    .flatMap(where -> at(item, place, where))
                    .map(t -> Truncate.of(t, longest));
        }

        /** The text where it should stand, or the constant. */
        private Optional<String> at(JsonNode item, String place, String where) {
            if (!where.startsWith("/")) {
                return Optional.of(where);
            }
            var pointer = JsonPointer.compile(where);
            var own = item.at(pointer);
            var value = own.isMissingNode() ? body.at(pointer) : own;
            if (value.isMissingNode() || value.isNull()) {
                return Optional.empty();
            }
            if (!value.isValueNode()) {
                problems.add((own.isMissingNode() ? "" : place) + where + ": must be a string, a number or a boolean");
                return Optional.empty();
            }
            return Optional.of(value.asText()).filter(t -> !t.isBlank());
        }

        private SortedMap<String, String> labels(JsonNode item, String place) {
            var labels = new TreeMap<String, String>();
            form.labels()
                    .forEach((name, where) ->
                            at(item, place, where).ifPresent(v -> labels.put(name, Truncate.of(v, LABEL))));
            return labels;
        }

        private Optional<Instant> time(JsonNode item, String place) {
            return text(item, place, "at", 100).flatMap(t -> {
                var time = JsonFields.instant(t);
                if (time.isEmpty()) {
                    problems.add(place + written("at") + ": \"" + Truncate.of(t, 40)
                            + "\" is not a time (2026-01-31T09:30:00Z, or seconds since 1970)");
                }
                return time;
            });
        }
    }

    private interface Meaning<T> {
        Optional<T> of(String word);
    }

    /** The configuration knows best; then what most say; then the configuration for all others. */
    private static <T> Optional<T> mapped(
            String theirs, SortedMap<String, String> words, Meaning<T> usual, Meaning<T> ours) {
        return Optional.ofNullable(words.get(theirs.strip().toLowerCase(Locale.ROOT)))
                .flatMap(ours::of)
                .or(() -> usual.of(theirs))
                .or(() -> Optional.ofNullable(words.get("*")).flatMap(ours::of));
    }

    private static Optional<NotificationEvent.Status> status(String ours) {
        return Optional.of(NotificationEvent.Status.valueOf(ours.toUpperCase(Locale.ROOT)));
    }
}
