package dev.playcall.domain;

import dev.playcall.domain.name.Person;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How people are called wherever something is shown to people. A text carries somebody as {@link Person#inText}; pages, chat
 * and the details of refusals put the names in when they show it. Fields of JSON keep {@code platform:id}.
 */
public final class PersonNames {
    private static final int LONGEST = 60;
    private static final Pattern PERSON = Pattern.compile(
            "\\b(?:slack|discord|web|console|token|schedule):[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?");

    private final Function<Set<Person>, Map<Person, String>> known;

    /** @param known the names of those of these people who have one */
    public PersonNames(Function<Set<Person>, Map<Person, String>> known) {
        this.known = known;
    }

    /** How this person is called; by their id when they have no other name. On one line. */
    public String of(Person person) {
        return line(known.apply(Set.of(person)).getOrDefault(person, person.name()));
    }

    /** The same text with names in it; who has none stays {@code platform:id}. */
    public String in(String text) {
        var found =
                PERSON.matcher(text).results().map(r -> new Person(r.group())).collect(Collectors.toSet());
        if (found.isEmpty()) {
            return text;
        }
        var names = known.apply(found);
        return PERSON.matcher(text)
                .replaceAll(r -> Matcher.quoteReplacement(line(names.getOrDefault(new Person(r.group()), r.group()))));
    }

    private static String line(String name) {
        return Truncate.of(Truncate.line(name), LONGEST);
    }
}
