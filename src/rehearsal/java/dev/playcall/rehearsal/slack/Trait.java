package dev.playcall.rehearsal.slack;

/** What a user is besides an ordinary member. */
public enum Trait {
    BOT,
    GUEST,
    /** Of another workspace, here through Slack Connect. */
    FOREIGN,
    ADMIN
}
