package dev.playcall.boot;

/** How much of the gateway a command needs. */
public enum GatewayMode {
    /** Takes and executes runs. */
    WORKING,
    /** Reads what is recorded and executes nothing. */
    READING
}
