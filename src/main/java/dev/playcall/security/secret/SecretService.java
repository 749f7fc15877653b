package dev.playcall.security.secret;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.security.secret.SecretStore.Encrypted;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The named secrets, and those that were given for one run alone. They are kept closed and opened only for the run that
 * uses them; whatever is known here is masked everywhere else.
 */
public final class SecretService {
    private static final Logger log = LoggerFactory.getLogger(SecretService.class);
    private static final int LONGEST = 16 * 1024;
    private static final int UNMISTAKABLE = 8;
    private static final String PROOF = "proof of gateways";
    private static final String ONCE_SCOPE = "once";
    private static final String ONCE = ONCE_SCOPE + "/";
    /** A value may wait this long for the request it belongs to. */
    private static final Duration UNCLAIMED = Duration.ofHours(1);

    /** What is said to those who write a secret where others can read it. */
    public static final String KNOWN =
            "this contains a stored secret; everyone who can read it knows it now, so rotate it";

    private final SecretStore store;
    private final Keyring keyring;
    private final SecretStamps stamps;
    private final Redactor redactor;
    /** Those that nobody writes by chance, nor because an environment is called so. */
    private final Set<String> unmistakable = ConcurrentHashMap.newKeySet();

    private final Clock clock;
    private final SortedMap<SecretRef, Encrypted> named = new TreeMap<>();
    private final Map<String, String> once = new HashMap<>();
    private boolean shared;

    public SecretService(SecretStore store, Keyring keyring, Redactor redactor, Clock clock) {
        this.store = store;
        this.keyring = keyring;
        this.stamps = new SecretStamps(keyring);
        this.redactor = redactor;
        this.clock = clock;
    }

    /** A secret with its value. */
    public record Opened(String name, SecretText value) {}

    /** Reads what is kept and teaches the redactor. One that cannot be opened is told and not offered. */
    public synchronized void open() {
        var values = new ArrayList<String>();
        for (var closed : store.all()) {
            var value = keyring.decrypt(closed.text(), about(closed.info()));
            if (value.isEmpty()) {
                log.error(
                        "The secret {} cannot be decrypted with the keys here; set it again",
                        closed.info().ref());
                continue;
            }
            named.put(closed.info().ref(), closed);
            values.add(value.get());
        }
        store.once()
                .forEach((id, closed) -> keyring.decrypt(closed, ONCE + id).ifPresent(value -> {
                    once.put(id, closed);
                    values.add(value);
                }));
        learn(values);
    }

    /**
     * Other gateways have the same secrets and must have the same keys.
     *
     * @param made what others made of the same kind; empty for the first
     * @param of what it is about
     * @return what is to be kept for others; empty when our keys do not open what others made
     */
    public synchronized Optional<String> share(Optional<String> made, String of) {
        shared = true;
        var text = of + " " + stamps.of(SecretRef.global("gateway"), of);
        return made.isEmpty()
                ? Optional.of(keyring.encrypt(text, PROOF))
                : made.filter(
                        m -> keyring.decrypt(m, PROOF).filter(text::equals).isPresent());
    }

    /** Whether other gateways have the same keys, which then cannot be changed here alone. */
    public synchronized boolean isShared() {
        return shared;
    }

    /** Another gateway may have set, removed or used some. */
    public synchronized void reopen() {
        named.clear();
        once.clear();
        open();
    }

    private void learn(List<String> values) {
        redactor.learn(values);
        values.stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(v -> v.length() >= UNMISTAKABLE)
                .forEach(unmistakable::add);
    }

    /** Keeps a secret under this name, in place of the one that was there; returns why not, if not. */
    public synchronized Optional<String> set(SecretRef ref, SecretKind kind, SecretText value, Person by) {
        var refusal = refusal(kind, value.reveal());
        if (refusal.isPresent()) {
            return refusal;
        }
        var info = new SecretInfo(ref, kind, by, clock.instant());
        learn(List.of(value.reveal()));
        var closed = new Encrypted(info, keyring.encrypt(value.reveal(), about(info)));
        store.put(closed);
        named.put(ref, closed);
        return Optional.empty();
    }

    /** Why a value cannot be a secret of this kind, to be read after its name. */
    public static Optional<String> refusal(SecretKind kind, String value) {
        if (value.strip().length() < SecretEncodings.SHORTEST) {
            return Optional.of("is too short: fewer than " + SecretEncodings.SHORTEST
                    + " characters cannot be redacted from logs without hiding ordinary words");
        }
        if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
            return Optional.of("is longer than " + LONGEST + " characters, or holds a NUL");
        }
        if (kind.isPassword() && value.strip().lines().count() > 1) {
            return Optional.of("has several lines, and a " + kind.word().replace('_', ' ') + " is one");
        }
        return kind == SecretKind.SSH_KEY || kind == SecretKind.GIT_KEY ? PrivateKeys.refusal(value) : Optional.empty();
    }

    /** Forgets a secret; false when there is none of this name. */
    public synchronized boolean remove(SecretRef ref) {
        store.remove(ref);
        return named.remove(ref) != null;
    }

    /** Keeps every secret of one environment also under another one, with who set it and when. */
    public synchronized void copyScope(EnvironmentName from, EnvironmentName to) {
        for (var closed : List.copyOf(named.values())) {
            var info = closed.info();
            if (info.ref().scope().equals(from.value())) {
                var value = keyring.decrypt(closed.text(), about(info)).orElseThrow();
                var moved = new SecretInfo(SecretRef.of(to, info.ref().name()), info.kind(), info.by(), info.at());
                var again = new Encrypted(moved, keyring.encrypt(value, about(moved)));
                store.put(again);
                named.put(moved.ref(), again);
            }
        }
    }

    /** Forgets every secret of an environment. */
    public synchronized void removeScope(EnvironmentName environment) {
        named.keySet().stream()
                .filter(ref -> ref.scope().equals(environment.value()))
                .toList()
                .forEach(this::remove);
    }

    public synchronized List<SecretInfo> list() {
        return named.values().stream().map(Encrypted::info).toList();
    }

    /** The text of this name that holds in an environment: its own before the one that holds everywhere. */
    public synchronized Optional<SecretRef> find(EnvironmentName environment, String name) {
        return SecretRef.isName(name)
                ? Stream.of(SecretRef.of(environment, name), SecretRef.global(name))
                        .filter(ref -> Optional.ofNullable(named.get(ref))
                                .filter(s -> s.info().kind() == SecretKind.TEXT)
                                .isPresent())
                        .findFirst()
                : Optional.empty();
    }

    /** Every secret of a kind that holds in an environment, by name. */
    public synchronized List<Opened> inForce(EnvironmentName environment, SecretKind kind) {
        return refs(environment, kind).stream()
                .flatMap(r -> open(r).map(v -> new Opened(r.name(), v)).stream())
                .toList();
    }

    /** Every private key for fetching, by name. */
    public synchronized List<Opened> gitKeys() {
        return named.values().stream()
                .map(Encrypted::info)
                .filter(i -> i.kind() == SecretKind.GIT_KEY)
                .map(SecretInfo::ref)
                .flatMap(r -> open(r).map(v -> new Opened(r.name(), v)).stream())
                .toList();
    }

    private Collection<SecretRef> refs(EnvironmentName environment, SecretKind kind) {
        var found = new TreeMap<String, SecretRef>();
        named.values().stream()
                .map(Encrypted::info)
                .filter(i -> i.kind() == kind)
                .map(SecretInfo::ref)
                .filter(r -> r.environment().isEmpty() || r.environment().get().equals(environment))
                .sorted((a, b) -> Boolean.compare(
                        a.environment().isPresent(), b.environment().isPresent()))
                .forEach(r -> found.put(r.name(), r));
        return found.values();
    }

    /**
     * Something of every kept secret that a run would use, by what people call it, that changes when its value does and
     * tells nothing of it.
     */
    public synchronized SortedMap<String, String> stamps(RunRequest request) {
        var parts = new TreeMap<String, String>();
        var named = request.variables().values().stream()
                .filter(Value.Secret.class::isInstance)
                .flatMap(v -> SecretRef.parse(((Value.Secret) v).ref()).stream());
        var inForce = Stream.of(SecretKind.values())
                .filter(SecretKind::isForRuns)
                .flatMap(k -> refs(request.environment(), k).stream());
        Stream.concat(named, inForce)
                .filter(r -> !r.scope().equals(ONCE_SCOPE))
                .distinct()
                .forEach(r -> parts.put(
                        "the secret " + r,
                        open(r).map(v -> stamps.of(r, v.reveal())).orElse("gone")));
        return parts;
    }

    /** The value that a request speaks of; empty when it is gone. */
    public synchronized Optional<SecretText> reveal(Value.Secret secret) {
        if (!secret.ref().startsWith(ONCE)) {
            return SecretRef.parse(secret.ref()).flatMap(this::open);
        }
        var id = secret.ref().substring(ONCE.length());
        return Optional.ofNullable(once.get(id))
                .flatMap(closed -> keyring.decrypt(closed, ONCE + id))
                .map(SecretText::new);
    }

    /** What of a receiver of notifications is secret, as it was set. */
    public synchronized Optional<SecretText> ofReceiver(SecretRef ref) {
        return Optional.ofNullable(named.get(ref))
                .filter(s -> s.info().kind() == SecretKind.RECEIVER)
                .flatMap(_ -> open(ref));
    }

    /** The private key that is kept under this name. */
    public synchronized Optional<SecretText> sshKey(SecretRef ref) {
        return Optional.ofNullable(named.get(ref))
                .filter(s -> s.info().kind() == SecretKind.SSH_KEY)
                .flatMap(_ -> open(ref));
    }

    /** Keeps a private key under another name, in place of the one there; false when there is none to move. */
    public synchronized boolean replaceKey(SecretRef ref, SecretRef by, Person person) {
        var key = sshKey(by);
        if (key.isEmpty() || set(ref, SecretKind.SSH_KEY, key.get(), person).isPresent()) {
            return false;
        }
        return remove(by);
    }

    private Optional<SecretText> open(SecretRef ref) {
        return Optional.ofNullable(named.get(ref))
                .flatMap(s -> keyring.decrypt(s.text(), about(s.info())))
                .map(SecretText::new);
    }

    /** What a request holds instead of a value that somebody typed for one run. Nothing is kept yet. */
    public static Value.Secret reference() {
        return new Value.Secret(ONCE + UUID.randomUUID(), Value.Secret.Usage.VARIABLE);
    }

    /** Keeps a value for one run, once it is known that it may be started; a request holds what this returns instead. */
    public Value.Secret keep(SecretText value) {
        var reference = reference();
        keep(reference, value);
        return reference;
    }

    /** Keeps a value for one run under its reference. */
    public synchronized void keep(Value.Secret reference, SecretText value) {
        var id = reference.ref().substring(ONCE.length());
        learn(List.of(value.reveal()));
        var closed = keyring.encrypt(value.reveal(), ONCE + id);
        store.putOnce(id, closed, clock.instant());
        once.put(id, closed);
    }

    /** The run is over, so what was given for it is forgotten. */
    public synchronized void forgetOneTime(Set<Value.Secret> secrets) {
        var ids = ids(secrets);
        if (!ids.isEmpty()) {
            store.removeOnce(ids);
            once.keySet().removeAll(ids);
        }
    }

    /** Forgets what no run will ask for any more. */
    public synchronized void sweep(Set<Value.Secret> inUse) {
        store.sweepOnce(ids(inUse), clock.instant().minus(UNCLAIMED));
        once.keySet().retainAll(store.once().keySet());
    }

    private static Set<String> ids(Set<Value.Secret> secrets) {
        return secrets.stream()
                .map(Value.Secret::ref)
                .filter(r -> r.startsWith(ONCE))
                .map(r -> r.substring(ONCE.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same for a variable that is secret. */
    public static String inClear(String variable) {
        return variable
                + " is secret and cannot be given in clear text: everyone who can read this knows it now, so rotate it";
    }

    /** Whether somebody wrote a kept secret into a text. */
    public boolean knows(String text) {
        return unmistakable.stream().anyMatch(text::contains);
    }

    /** The text without secrets. */
    public String redact(String text) {
        return redactor.redact(text);
    }

    /**
     * Closes everything with a new key and forgets the old ones. Whenever this is interrupted, what is kept can be opened
     * with the keys that are kept.
     *
     * @return how many were closed anew
     */
    public synchronized int rotate() {
        keyring.addKey();
        var again = new ArrayList<Encrypted>();
        for (var closed : named.values()) {
            var info = closed.info();
            var value = keyring.decrypt(closed.text(), about(info)).orElseThrow();
            again.add(new Encrypted(info, keyring.encrypt(value, about(info))));
        }
        var onceAgain = new HashMap<String, String>();
        once.forEach((id, closed) -> onceAgain.put(
                id, keyring.encrypt(keyring.decrypt(closed, ONCE + id).orElseThrow(), ONCE + id)));
        store.replace(again, onceAgain);
        again.forEach(s -> named.put(s.info().ref(), s));
        once.putAll(onceAgain);
        stamps.renew();
        keyring.dropOldKeys();
        return again.size();
    }

    /** A value that was moved to another name or kind does not open there. */
    private static String about(SecretInfo info) {
        return info.kind().word() + " " + info.ref();
    }
}
