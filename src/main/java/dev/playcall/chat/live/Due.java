package dev.playcall.chat.live;

/** The next step of a feed, and the platform it goes to. */
record Due(FeedState state, FeedStep step, PlatformBudget platform) {}
