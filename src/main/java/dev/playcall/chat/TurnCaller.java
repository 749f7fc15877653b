package dev.playcall.chat;

import dev.playcall.domain.Person;
import java.time.Instant;

/** Somebody who wants to be called when it is the turn of a run, and when it has ended. */
public record TurnCaller(Person person, Instant at) {}
