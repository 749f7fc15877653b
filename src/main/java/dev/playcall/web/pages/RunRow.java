package dev.playcall.web.pages;

/**
 * One run in a list.
 *
 * @param tone one of those of {@code style.css}: good, bad, busy, wait, none
 * @param age since it was asked for; {@code when} is that time exactly
 * @param note why it ended so, what it does now or what it waits for; may be empty
 * @param about the description that it was given; may be empty
 * @param seconds how long it took or takes so far, 0 when it never started
 * @param results task results so far, and {@code expected}, 0 when unknown
 */
public record RunRow(
        long id,
        String tone,
        String sign,
        String state,
        String what,
        String environment,
        String who,
        String age,
        String when,
        String took,
        String note,
        String about,
        int results,
        int expected,
        long seconds) {}
