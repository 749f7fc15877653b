package dev.playcall.boot;

/** What goes wrong between the gateway and a platform, and what people in the channel see of it. */
public enum ConnectionFault {
    TOO_MANY("429 with Retry-After", "The card comes or changes as much later as the platform asked for."),
    TOO_MANY_SILENT(
            "429 without Retry-After", "The same; the wait is the one in the body, or our own when there is none."),
    TOO_MANY_GLOBAL("429 for the whole app", "Every channel waits; ends and alerts go first afterwards."),
    ERROR_BEFORE("500, nothing was done", "The card comes or changes a moment later."),
    ERROR_AFTER("500, but it was done", "One card: it is looked for before it is said again."),
    BAD_GATEWAY_BEFORE("502, nothing was done", "The card comes or changes a moment later."),
    BAD_GATEWAY_AFTER("502, but it was done", "One card: it is looked for before it is said again."),
    HANG("no answer at all", "The card changes after our own limit of time; other channels do not wait for it."),
    CUT_BEFORE("connection cut, nothing was done", "The card comes or changes a moment later."),
    CUT_AFTER("connection cut, but it was done", "One card: it is looked for before it is said again."),
    HTML("a page of HTML instead of JSON", "The card comes or changes a moment later."),
    REFRESH("the platform asks for a new connection", "Nothing; commands go on being heard."),
    DEAD("the platform is away for 30 s", "The card stands still; then it shows what is true, with the alert once."),
    TWICE("a command is delivered twice", "One card: it is one request."),
    LATE(
            "the receipt of a command comes too late",
            "The platform says that nobody answered; the card comes all the same.");

    private final String what;
    private final String seen;

    ConnectionFault(String what, String seen) {
        this.what = what;
        this.seen = seen;
    }

    String what() {
        return what;
    }

    String seen() {
        return seen;
    }

    /** The scenario that shows it. */
    String promise() {
        return what + ": no end is lost, no card stands twice";
    }
}
