package dev.playcall.store.notify;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.HostStatus.OpenAlert;
import dev.playcall.notify.event.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Which open alerts name which host: by a label for it, with or without a port. One that says another environment does not. */
public final class HostAlerts {
    private static final List<String> LABELS = List.of("instance", "host", "hostname", "nodename", "node", "server");
    private static final String HOSTS = "hosts";

    private HostAlerts() {}

    public static Map<String, OpenAlert> of(Handle h, EnvironmentName environment) {
        Map<String, OpenAlert> named = new HashMap<>();
        h.createQuery("select id, body from alert where resolved_at is null order by id desc")
                .map((r, _) -> Map.entry(r.getLong("id"), NotifyJson.item(r.getString("body"), Optional.empty())))
                .forEach(alert -> {
                    var item = alert.getValue();
                    if (item.severity() != Severity.INFO && fits(item.labels(), environment)) {
                        names(item.labels())
                                .forEach(name -> named.putIfAbsent(name, new OpenAlert(alert.getKey(), item.title())));
                    }
                });
        return named;
    }

    /** Critical ones that may be about this environment and name none of these servers. */
    public static int critical(Handle h, EnvironmentName environment, Set<String> servers) {
        return (int) h
                .createQuery("""
                    select body from alert where resolved_at is null
                    and json_valid(body) and json_extract(body, '$.severity') = 'critical'\
                    """)
                .map((r, _) -> NotifyJson.item(r.getString("body")).labels())
                .stream()
                .filter(labels -> fits(labels, environment) && names(labels).noneMatch(servers::contains))
                .count();
    }

    private static boolean fits(Map<String, String> labels, EnvironmentName environment) {
        return Stream.of("environment", "env")
                .map(labels::get)
                .allMatch(said -> said == null || said.equals(environment.value()));
    }

    private static Stream<String> names(Map<String, String> labels) {
        var single = LABELS.stream()
                .flatMap(l -> Optional.ofNullable(labels.get(l)).stream())
                .flatMap(value -> Stream.of(value, value.replaceFirst(":\\d+$", "")));
        var several = Stream.of(labels.getOrDefault(HOSTS, "").split(",")).map(String::strip);
        return Stream.concat(single, several).filter(n -> !n.isEmpty()).distinct();
    }
}
