package dev.playcall.security.audit;

import dev.playcall.background.Faults;
import org.slf4j.Logger;

/** What is said when something was not done because it could not be recorded. */
public final class Unrecorded {
    private Unrecorded() {}

    /** For whoever asked for it. */
    public static String refusal(RuntimeException fault) {
        if (Faults.isUnanswered(fault)) {
            return "nothing was done: the database does not answer";
        }
        return "nothing was done: the audit log cannot be written"
                + Faults.plain(fault).map(why -> ": " + why).orElse("; see Playcall's log");
    }

    /** For the operator. A stack trace is for faults of our own only. */
    public static void log(Logger log, String what, RuntimeException fault) {
        var line = what + " was refused because it could not be recorded: " + Faults.reason(fault);
        if (Faults.isOutside(fault)) {
            log.error(line);
        } else {
            log.error(line, fault);
        }
    }
}
