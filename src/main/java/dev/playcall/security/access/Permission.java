package dev.playcall.security.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may be allowed to do; written in lower case in the configuration. */
public enum Permission {
    /** See an environment: its hosts, its runs and their logs. */
    VIEW,
    START,
    /** Run a module that is allowed, without a playbook. */
    ADHOC,
    /** Run a command of one's own that way. */
    ADHOC_SHELL,
    CANCEL,
    APPROVE,
    LOCK,
    /** Take away a lock of somebody else. */
    UNLOCK,
    /** Pass a lock or a freeze. */
    OVERRIDE,
    /** Say which hosts there are that stand in no file. */
    HOSTS,
    SECRETS,
    TOKENS,
    /** Say who is one human with whom. */
    PEOPLE,
    AUDIT,
    /** Take playbooks and inventories from where they come from. */
    SYNC,
    /** Make Python environments of playbooks and remove them. */
    VENV,
    /** Report as the agents of an environment, and ask for their last reports. */
    AGENT_INGEST,
    ADMIN;

    /** Whether it is about runs, so that a limit to operations or playbooks means something. */
    boolean isAboutRuns() {
        return switch (this) {
            case START, ADHOC, ADHOC_SHELL, CANCEL, APPROVE, OVERRIDE -> true;
            case VIEW, LOCK, UNLOCK, HOSTS, SECRETS, TOKENS, PEOPLE, AUDIT, SYNC, VENV, AGENT_INGEST, ADMIN -> false;
        };
    }

    /** Which permission this takes in an operation: what is not a playbook has its own to start it. */
    Permission in(String operation) {
        return this == START && operation.equals("adhoc") ? ADHOC : this;
    }

    /** The word of the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** The permission with this word, if there is one. */
    public static Optional<Permission> of(String word) {
        return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
    }
}
