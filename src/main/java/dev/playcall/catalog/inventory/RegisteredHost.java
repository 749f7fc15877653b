package dev.playcall.catalog.inventory;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A host that stands in no file because somebody or some program registered it.
 *
 * @param address where it is reached; its name when nothing is said
 * @param key name of the private key among the secrets that opens it; those of the environment when nothing is said
 * @param tags its groups
 * @param variables texts, numbers, flags, and lists and maps of these
 * @param by who said so last
 */
public record RegisteredHost(
        String name,
        Optional<String> address,
        Optional<Integer> port,
        Optional<String> user,
        Optional<String> key,
        SortedSet<String> tags,
        SortedMap<String, Object> variables,
        Person by,
        Instant at) {
    /** The variable with the id that the agent of the host reports with. */
    public static final String SERVER_UUID = "server_uuid";

    /** The variable with what the host says as {@code uname -m}. */
    public static final String ARCHITECTURE = "architecture";

    /** The variable with the Linux distribution. */
    public static final String DISTRO = "distro";

    /** The variable with a word such as {@code active} or {@code maintenance}. */
    public static final String STATUS = "status";

    /** Variables that have a meaning of their own, and a field each where hosts are registered. */
    public static final List<String> DETAILS = List.of(SERVER_UUID, ARCHITECTURE, DISTRO, STATUS);

    public RegisteredHost {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /** One of {@link #DETAILS}, empty when it is not given. */
    public Optional<String> detail(String variable) {
        return Optional.ofNullable(variables.get(variable)).map(Object::toString);
    }

    /** Its variables as Ansible gets them, with how it is reached but for the key, which is a file only where a run is. */
    public Map<String, Object> ansibleVariables() {
        Map<String, Object> all = new LinkedHashMap<>(variables);
        address.ifPresent(a -> all.put("ansible_host", a));
        port.ifPresent(p -> all.put("ansible_port", p));
        user.ifPresent(u -> all.put("ansible_user", u));
        return all;
    }

    /** The same with other tags. */
    public RegisteredHost tagged(SortedSet<String> others, Person who, Instant when) {
        return new RegisteredHost(name, address, port, user, key, others, variables, who, when);
    }

    /** All that a run sees of it, always in the same words. */
    public String canonicalText() {
        return String.join(
                "\n",
                name,
                address.orElse(""),
                port.map(Object::toString).orElse(""),
                user.orElse(""),
                key.orElse(""),
                tags.toString(),
                sorted(sealed()).toString());
    }

    /** Which Python environments it has follows what is installed, and nobody agrees to that. */
    private Map<String, Object> sealed() {
        var sealed = new TreeMap<String, Object>(variables);
        sealed.remove("installed_venvs");
        return sealed;
    }

    /** Maps in maps, too, in one order. */
    private static Object sorted(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new TreeMap<String, Object>();
                map.forEach((k, v) -> copy.put(String.valueOf(k), sorted(v)));
                yield copy;
            }
            case List<?> list -> list.stream().map(RegisteredHost::sorted).toList();
            case null -> "null";
            default -> value.getClass().getSimpleName() + " " + value;
        };
    }
}
