package dev.playcall.chat;

import dev.playcall.domain.RunId;

/** That a channel is told of a run: the whole card, or only when it fails. */
public record Feed(RunId run, Channel channel, boolean failuresOnly) {}
