package dev.playcall.chat.message;

import dev.playcall.domain.name.Person;
import java.time.Instant;

/** Somebody who wants to be called when it is the turn of a run, and when it has ended. */
public record StartReminder(Person person, Instant at) {}
