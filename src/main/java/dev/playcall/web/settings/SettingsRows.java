package dev.playcall.web.settings;

import dev.playcall.config.Access;
import dev.playcall.config.ConfigOrigins.EffectiveSetting;
import dev.playcall.config.runtime.LoadedConfig;
import dev.playcall.config.runtime.Setting;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.node.Node;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.security.identity.Identity;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.settings.SettingsView.Group;
import dev.playcall.web.settings.SettingsView.Line;
import dev.playcall.web.settings.SettingsView.NodeRow;
import dev.playcall.web.settings.SettingsView.Role;
import dev.playcall.web.settings.SettingsView.Token;
import dev.playcall.web.settings.SettingsView.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands on the tabs of the settings. */
final class SettingsRows {
    private static final Set<String> ELSEWHERE = Set.of("git", "notify", "access");

    private final LoadedConfig loadedConfig;
    private final Map<String, Setting> settable;
    private final Identity identity;
    private final Instant now;

    SettingsRows(LoadedConfig loadedConfig, List<Setting> settable, Identity identity, Instant now) {
        this.loadedConfig = loadedConfig;
        this.settable = settable.stream().collect(Collectors.toMap(s -> s.key().name(), Function.identity()));
        this.identity = identity;
        this.now = now;
    }

    List<Group> groups(SettingsRoutes.Tab tab) {
        Map<String, List<Line>> groups = new LinkedHashMap<>();
        for (var key : keys()) {
            var section = key.key().split("\\.", 2)[0];
            if (isOn(tab, section)) {
                groups.computeIfAbsent(section, _ -> new ArrayList<>()).add(line(key));
            }
        }
        return groups.entrySet().stream()
                .map(g -> new Group(g.getKey(), g.getValue()))
                .toList();
    }

    /** What nobody said and what has no usual value can be set all the same. */
    private Collection<EffectiveSetting> keys() {
        var keys = new TreeMap<String, EffectiveSetting>();
        settable.forEach((name, s) -> keys.put(name, new EffectiveSetting(name, s.value(), EffectiveSetting.USUAL)));
        loadedConfig.effective().forEach(e -> keys.put(e.key(), e));
        return keys.values();
    }

    private static boolean isOn(SettingsRoutes.Tab tab, String section) {
        return switch (tab) {
            case GENERAL -> !ELSEWHERE.contains(section);
            case GIT -> section.equals("git");
            case NOTIFICATIONS -> section.equals("notify");
            case PEOPLE -> section.equals("access");
            case SECRETS, KEYS, TOKENS -> false;
        };
    }

    /** Where the key stands among the settings. */
    static String place(String key) {
        var section = key.split("\\.", 2)[0];
        return Arrays.stream(SettingsRoutes.Tab.values())
                .filter(t -> isOn(t, section))
                .findFirst()
                .map(t -> "/settings?tab=" + t.word() + "#" + key)
                .orElse("/settings");
    }

    private Line line(EffectiveSetting key) {
        var setting = Optional.ofNullable(settable.get(key.key()));
        return new Line(
                key.key(),
                key.key().contains(".") ? key.key().substring(key.key().indexOf('.') + 1) : key.key(),
                key.value().isBlank() ? "–" : key.value(),
                setting.flatMap(this::origin).orElse(key.origin()),
                key.isSaid(),
                setting.map(s -> SettingForms.link(key.key())).orElse(""));
    }

    private Optional<String> origin(Setting setting) {
        return setting.set()
                .map(s -> "set by " + s.by().inText() + " " + TextFormat.ago(s.at(), now) + "; without it "
                        + (setting.otherwise().isEmpty() ? "empty" : setting.otherwise()) + " (" + setting.origin()
                        + ")");
    }

    static List<NodeRow> nodes(List<Node> nodes) {
        return nodes.stream().map(SettingsRows::node).toList();
    }

    private static NodeRow node(Node n) {
        var now = n.lastSeen().plus(n.silence());
        return new NodeRow(
                n.name(),
                n.label(),
                n.isUp(),
                n.drained(),
                n.version(),
                TextFormat.ago(n.startedAt(), now),
                TextFormat.ago(n.lastSeen(), now),
                JsonBodies.time(n.lastSeen()),
                n.content(),
                String.join(", ", n.labels()),
                n.running());
    }

    List<Token> tokens(boolean all, Person self) {
        return identity.tokens().list().stream()
                .filter(t -> all || t.owner().equals(self))
                .map(this::token)
                .toList();
    }

    private Token token(ApiToken t) {
        boolean expired = !t.expires().isAfter(now);
        return new Token(
                t.name(),
                t.owner().inText(),
                String.join(", ", t.scopes()),
                expired ? "expired" : TextFormat.until(t.expires(), now),
                JsonBodies.time(t.expires()),
                t.used().map(u -> TextFormat.ago(u, now)).orElse("never"),
                expired);
    }

    List<User> users(Person self) {
        return identity.accounts().list().stream()
                .map(a -> new User(
                        a.name(),
                        a.admin(),
                        TextFormat.ago(a.created(), now),
                        identity.sessions().of(a).size(),
                        a.person().equals(self)))
                .toList();
    }

    List<Role> roles() {
        var access = loadedConfig.config().access();
        return new TreeSet<>(access.roleNames())
                .stream().map(name -> role(access, name)).toList();
    }

    private static Role role(Access access, String name) {
        var own = access.roles().get(name);
        var permissions = own == null ? Access.BUILT_IN.getOrDefault(name, Set.of()) : own.permissions();
        var includes = own == null ? Set.<String>of() : own.includes();
        var holders = access.bindings().stream()
                .filter(b -> b.roles().contains(name))
                .flatMap(b -> Stream.concat(b.people().stream().map(Object::toString), b.groups().stream()))
                .distinct()
                .collect(Collectors.joining(", "));
        return new Role(
                name,
                Stream.concat(
                                permissions.stream().sorted(),
                                includes.stream().sorted().map(i -> "all of " + i))
                        .collect(Collectors.joining(", ")),
                holders);
    }
}
