package dev.playcall.web.settings;

/**
 * Something that was done, or was not.
 *
 * @param what came of it
 * @param why somebody wanted it, empty when they did not say
 * @param good whether it was done
 */
record RecentAction(String what, String why, String who, String age, String exact, boolean good) {}
