package dev.playcall.security.audit;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Person;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is to be recorded in the audit log, before it has a number and a hash.
 *
 * @param channel from where: {@code slack:C0123}, {@code api}, {@code cli}
 * @param action in one word of the code: {@code start}, {@code cancel}, {@code secret.set}, {@code token.create}
 * @param subject on what: {@code deploy production}, {@code #412}, the name of a secret
 * @param reason why it was decided so, empty where there is nothing to say
 * @param details more of it by name. {@link #ENVIRONMENT}, {@link #RUN} and {@link #REQUEST} can be asked for; no value may
 *     be a secret
 */
public record AuditNote(
        Person person,
        String channel,
        String action,
        String subject,
        AuditVerdict verdict,
        String reason,
        SortedMap<String, String> details) {
    public static final String ENVIRONMENT = "environment";
    /** Number of the run that it is about, or that came of it. */
    public static final String RUN = "run";
    /** Sequence of the entry with the request whose end this is. */
    public static final String REQUEST = "wish";

    private static final int LONGEST_LINE = 500;
    private static final int LONGEST_DETAIL = 2000;

    public AuditNote {
        if (!action.matches("[a-z][a-z0-9.-]{0,39}")) {
            throw new IllegalArgumentException("\"" + action + "\" is not the name of an action");
        }
        channel = cut(channel, LONGEST_LINE);
        subject = cut(subject, LONGEST_LINE);
        reason = cut(reason, LONGEST_LINE);
        var copy = new TreeMap<String, String>();
        details.forEach((name, value) -> copy.put(cut(name, LONGEST_LINE), cut(value, LONGEST_DETAIL)));
        details = Collections.unmodifiableSortedMap(copy);
    }

    /** Something that was done. */
    public static AuditNote done(Person person, String channel, String action, String subject) {
        return new AuditNote(person, channel, action, subject, AuditVerdict.DONE, "", new TreeMap<>());
    }

    /** Something that somebody wanted and did not get. */
    public static AuditNote refused(Person person, String channel, String action, String subject, String reason) {
        return new AuditNote(person, channel, action, subject, AuditVerdict.REFUSED, reason, new TreeMap<>());
    }

    public AuditNote with(String name, String value) {
        return with(Map.of(name, value));
    }

    public AuditNote with(Map<String, String> more) {
        var all = new TreeMap<>(details);
        all.putAll(more);
        return new AuditNote(person, channel, action, subject, verdict, reason, all);
    }

    /** One line that every database and every program that reads an export takes as it is. */
    private static String cut(String text, int most) {
        var shown = Truncate.of(text, most);
        return shown.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029]", "\ufffd");
    }

    /** The decision or the result that an audit entry records. */
    public enum AuditVerdict {
        /** Somebody wanted it; an entry behind this one says what came of it. */
        ASKED,
        DONE,
        REFUSED,
        /** It broke; nobody knows how much of it was done. */
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
