package dev.playcall.command.schedule;

import java.util.Optional;

/** Knows which channels can be posted to. */
@FunctionalInterface
public interface ReportChannelCheck {
    /** Why nothing can be posted to this channel; empty when it can, and when that is not known now. */
    Optional<String> refusal(String channel);
}
