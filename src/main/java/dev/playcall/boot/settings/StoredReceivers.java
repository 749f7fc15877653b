package dev.playcall.boot.settings;

import dev.playcall.command.Reply;
import dev.playcall.command.alert.ReceiverSettings;
import dev.playcall.config.Config.Secret;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.binding.NotifyFragment;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.routing.RoutingStore;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import dev.playcall.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes receivers and routes while Playcall works. They are used at once, by the same outbox as those of the file. */
public final class StoredReceivers implements ReceiverSettings {
    private static final int MOST_PENDING = 1000;

    private final Settings settings;
    private final RoutingStore store;
    private final NotifyStore notices;
    private final SecretService secrets;
    private final StoredRouting routing;
    private final ReceiverListing listing;
    private final ScheduleStore schedules;
    private final Clock clock;

    private StoredReceivers(Settings settings, Database database, SecretService secrets, Clock clock) {
        this.settings = settings;
        this.store = database.routing();
        this.notices = database.notices();
        this.secrets = secrets;
        this.routing = new StoredRouting(store, secrets);
        this.listing = new ReceiverListing(settings, store);
        this.schedules = database.schedules();
        this.clock = clock;
    }

    /** From now on the settings have what is stored; the redactor learns its secrets. */
    public static StoredReceivers of(
            Settings settings, Database database, SecretService secrets, Redactor redactor, Clock clock) {
        var stored = new StoredReceivers(settings, database, secrets, clock);
        settings.overlay(c -> {
            var merged = stored.routing.over(c);
            redactor.learn(merged.config().secrets().map(Secret::reveal).toList());
            return merged;
        });
        return stored;
    }

    @Override
    public List<Listed> receivers() {
        return listing.receivers();
    }

    @Override
    public List<Branch> routes() {
        return listing.routes();
    }

    @Override
    public String yaml() {
        return routing.yaml();
    }

    @Override
    public List<String> misfits() {
        return routing.over(settings.config().with(settings.routingOfFile())).misfits();
    }

    @Override
    public synchronized Reply put(String name, Map<String, Object> fields, Person by) {
        if (!NotifyFragment.isName(name)) {
            return invalid("name", "the name of a receiver has lower case letters, digits, - and _; ops-mail");
        }
        if (settings.routingOfFile().receivers().containsKey(name)) {
            return new Reply.Conflict("the receiver " + name
                    + " is defined in the configuration file; change it there, or use another name");
        }
        var ref = StoredRouting.ref(name);
        if (secrets.list().stream().anyMatch(i -> i.ref().equals(ref) && i.kind() != SecretKind.RECEIVER)) {
            return new Reply.Conflict("there is a secret " + ref + " already; remove it, or use another name");
        }
        try {
            var receiver = NotifyFragment.receiver(
                    name, StoredRouting.json(fields), settings.config().home());
            var file = settings.routingOfFile();
            ReceiverFactory.templates(new NotifyConfig(
                    new TreeMap<>(Map.of(name, receiver)),
                    Optional.empty(),
                    file.sources(),
                    file.inhibit(),
                    file.actions(),
                    file.failing()));
        } catch (ConfigException e) {
            return invalid("receiver", StoredRouting.line(e));
        } catch (RefusedException e) {
            return invalid("receiver", String.valueOf(e.getMessage()).replace("\n", "; "));
        }
        return keep(name, StoredRouting.parts(fields), by);
    }

    private Reply keep(String name, StoredRouting.Parts parts, Person by) {
        boolean before = store.receivers().stream().anyMatch(r -> r.name().equals(name));
        var ref = StoredRouting.ref(name);
        if (parts.hidden().isEmpty()) {
            secrets.remove(ref);
        } else {
            var refused = secrets.set(ref, SecretKind.RECEIVER, new SecretText(parts.hidden()), by);
            if (refused.isPresent()) {
                return invalid("receiver", "what is secret of it " + refused.get());
            }
        }
        store.put(new RoutingStore.StoredReceiver(name, parts.open(), by, clock.instant()));
        settings.overlaid();
        return new Reply.Done("the receiver " + name + (before ? " is replaced" : " is added")
                + " and used from now on; notify test " + name + " sends a test message");
    }

    @Override
    public synchronized Reply remove(String name) {
        if (settings.routingOfFile().receivers().containsKey(name)) {
            return new Reply.Conflict(
                    "the receiver " + name + " is defined in the configuration file; remove it there");
        }
        var routes = routes().stream()
                .filter(b -> b.receivers().contains(name))
                .map(Branch::name)
                .toList();
        if (!routes.isEmpty()) {
            return new Reply.Conflict("the receiver " + name + " is used by "
                    + (routes.size() == 1 ? "the route " : "the routes ") + String.join(", ", routes)
                    + "; remove " + (routes.size() == 1 ? "it" : "them") + " first");
        }
        var reports = schedules.all().stream()
                .filter(r -> r.isActive() && r.plan().receiver().equals(name))
                .map(r -> Long.toString(r.id()))
                .toList();
        if (!reports.isEmpty()) {
            return new Reply.Conflict("the receiver " + name + " gets "
                    + (reports.size() == 1 ? "the report " : "the reports ") + String.join(", ", reports)
                    + "; remove " + (reports.size() == 1 ? "it" : "them") + " first, as in report remove "
                    + reports.getFirst());
        }
        long pending = pending(name);
        if (!store.removeReceiver(name)) {
            return new Reply.NotFound("there is no stored receiver " + name + "; notify receivers lists them");
        }
        secrets.remove(StoredRouting.ref(name));
        settings.overlaid();
        return new Reply.Done("the receiver " + name + " is removed"
                + (pending == 0
                        ? ""
                        : "; " + TextFormat.count(pending, "pending message") + " to it will not be sent: listed as"
                                + " failed in the deliveries, to be redelivered when " + name + " is added again"));
    }

    private long pending(String name) {
        var due =
                notices.deliveries(Optional.of(Delivery.State.DUE), Optional.of(name), Optional.empty(), MOST_PENDING);
        long held = notices.held(clock.instant()).stream()
                .filter(h -> h.receiver().equals(name))
                .mapToLong(h -> h.messages())
                .sum();
        return due.size() + held;
    }

    @Override
    public synchronized Reply addRoute(Map<String, Object> fields, Person by) {
        var definition = StoredRouting.json(fields);
        try {
            StoredRouting.route(
                    StoredRouting.ROUTE + "0",
                    definition,
                    settings.config().notifications().receivers().keySet());
        } catch (ConfigException e) {
            return invalid("route", StoredRouting.line(e));
        }
        long id = store.add(definition, by, clock.instant());
        settings.overlaid();
        return new Reply.Done("the route " + StoredRouting.ROUTE + id + " is added and used from now on");
    }

    @Override
    public synchronized Reply removeRoute(long id) {
        if (!store.removeRoute(id)) {
            return new Reply.NotFound("there is no stored route " + id + "; notify routes lists them");
        }
        settings.overlaid();
        return new Reply.Done("the route " + StoredRouting.ROUTE + id
                + " is removed; what it had not sent yet is still sent to its receivers");
    }

    private static Reply invalid(String field, String why) {
        return new Reply.Invalid(field, why, Optional.empty());
    }
}
