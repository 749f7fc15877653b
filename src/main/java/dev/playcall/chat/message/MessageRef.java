package dev.playcall.chat.message;

import java.time.Instant;
import java.util.Optional;

/**
 * One message that a feed has in its channel.
 *
 * @param name which of its messages: {@code card}, {@code alert}, {@code recap}, {@code log}, {@code say1}, {@code say2} …
 * @param ref the platform's own name of the message; empty while it is unknown whether it was said
 * @param shown what it says, as a digest
 */
public record MessageRef(String name, Optional<String> ref, String shown, Instant at) {}
