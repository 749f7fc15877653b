package dev.playcall.chat.discord.api;

/** The error numbers of Discord that mean something to us. */
public final class DiscordErrorCodes {
    public static final int UNKNOWN_CHANNEL = 10003;
    public static final int UNKNOWN_MEMBER = 10007;
    public static final int UNKNOWN_MESSAGE = 10008;
    public static final int UNKNOWN_USER = 10013;
    static final int UNKNOWN_WEBHOOK = 10015;
    static final int UNKNOWN_INTERACTION = 10062;
    static final int CHANNEL_TOO_BUSY = 20028;
    public static final int TOO_MANY_COMMANDS_TODAY = 30034;
    static final int OLD_MESSAGE_EDITED_TOO_OFTEN = 30046;
    public static final int ALREADY_ACKNOWLEDGED = 40060;
    public static final int NO_ACCESS = 50001;
    public static final int NO_PERMISSION = 50013;
    static final int TOKEN_OF_INTERACTION_EXPIRED = 50027;
    public static final int THREAD_IS_ARCHIVED = 50083;
    static final int OVERLOADED = 130000;
    public static final int HAS_A_THREAD_ALREADY = 160004;

    private DiscordErrorCodes() {}
}
