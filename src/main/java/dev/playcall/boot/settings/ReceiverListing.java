package dev.playcall.boot.settings;

import dev.playcall.command.alert.ReceiverSettings;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.ReceiverConfig.Transport;
import dev.playcall.notify.routing.RoutingStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Receivers and routes of the file and those that are stored, each with where it is from. */
record ReceiverListing(Settings settings, RoutingStore store) {
    List<ReceiverSettings.Listed> receivers() {
        var kept = store.receivers().stream().collect(Collectors.toMap(RoutingStore.StoredReceiver::name, r -> r));
        var branches = routes();
        var listed = new ArrayList<ReceiverSettings.Listed>();
        settings.config().notifications().receivers().forEach((name, receiver) -> {
            var source = settings.routingOfFile().receivers().containsKey(name)
                    ? ReceiverSettings.Source.FILE
                    : Optional.ofNullable(kept.get(name))
                            .map(k -> new ReceiverSettings.Source(Optional.of(k.by()), Optional.of(k.at())))
                            .orElse(ReceiverSettings.Source.FILE);
            var routes = branches.stream()
                    .filter(b -> b.receivers().contains(name))
                    .map(ReceiverSettings.Branch::name)
                    .toList();
            listed.add(new ReceiverSettings.Listed(
                    name, kind(receiver.transport()), target(receiver.transport()), source, routes));
        });
        return listed;
    }

    private static String kind(Transport way) {
        return switch (way) {
            case Transport.Chat chat -> chat.platform();
            case Transport.Webhook _ -> "webhook";
            case Transport.ChatWebhook web -> web.platform() + "_webhook";
            case Transport.Ntfy _ -> "ntfy";
            case Transport.Apprise _ -> "apprise";
            case Transport.AppriseApi _ -> "apprise_api";
            case Transport.Mail _ -> "email";
        };
    }

    private static String target(Transport way) {
        return switch (way) {
            case Transport.Chat chat -> chat.channel();
            case Transport.Webhook web -> host(web.url());
            case Transport.ChatWebhook web -> host(web.url());
            case Transport.Ntfy ntfy -> host(ntfy.topic());
            case Transport.Apprise apprise -> apprise.url().reveal().replaceFirst("://.*", "://…");
            case Transport.AppriseApi api -> host(api.url());
            case Transport.Mail mail ->
                String.join(", ", mail.to()) + " by " + mail.server().host();
        };
    }

    private static String host(URI url) {
        return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    List<ReceiverSettings.Branch> routes() {
        var kept = store.routes().stream().collect(Collectors.toMap(r -> StoredRouting.ROUTE + r.id(), r -> r));
        var branches = new ArrayList<ReceiverSettings.Branch>();
        var root = settings.config().notifications().route();
        var tops = root.filter(r -> !kept.isEmpty() && r.name().equals(StoredRouting.ROOT))
                .map(NotifyConfig.Route::routes)
                .orElseGet(() -> root.stream().toList());
        for (var top : tops) {
            var stored = Optional.ofNullable(kept.get(top.name()));
            var source = stored.map(s -> new ReceiverSettings.Source(Optional.of(s.by()), Optional.of(s.at())))
                    .orElse(ReceiverSettings.Source.FILE);
            add(top, stored.map(RoutingStore.StoredRoute::id), 0, source, branches);
        }
        return branches;
    }

    private static void add(
            NotifyConfig.Route r,
            Optional<Long> id,
            int depth,
            ReceiverSettings.Source source,
            List<ReceiverSettings.Branch> into) {
        into.add(new ReceiverSettings.Branch(
                r.name(), id, depth, r.match(), told(r), r.goOn(), r.groupBy().orElse(List.of()), source));
        r.routes().forEach(b -> add(b, Optional.empty(), depth + 1, source, into));
    }

    /** Those that are told at once and those that are told later. */
    private static List<String> told(NotifyConfig.Route route) {
        var all = new ArrayList<>(route.receivers());
        route.options().escalate().forEach(s -> all.addAll(s.receivers()));
        return all.stream().distinct().toList();
    }
}
