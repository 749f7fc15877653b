package dev.playcall.chat.discord;

/** The error numbers of Discord that mean something to us. */
final class Codes {
    static final int UNKNOWN_CHANNEL = 10003;
    static final int UNKNOWN_MEMBER = 10007;
    static final int UNKNOWN_MESSAGE = 10008;
    static final int UNKNOWN_USER = 10013;
    static final int UNKNOWN_WEBHOOK = 10015;
    static final int UNKNOWN_INTERACTION = 10062;
    static final int CHANNEL_TOO_BUSY = 20028;
    static final int TOO_MANY_COMMANDS_TODAY = 30034;
    static final int OLD_MESSAGE_EDITED_TOO_OFTEN = 30046;
    static final int ALREADY_ACKNOWLEDGED = 40060;
    static final int NO_ACCESS = 50001;
    static final int NO_PERMISSION = 50013;
    static final int TOKEN_OF_INTERACTION_EXPIRED = 50027;
    static final int THREAD_IS_ARCHIVED = 50083;
    static final int OVERLOADED = 130000;
    static final int HAS_A_THREAD_ALREADY = 160004;

    private Codes() {}
}
