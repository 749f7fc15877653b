package dev.playcall.command;

import dev.playcall.domain.Origin;
import dev.playcall.domain.Person;

/** Who wants something, and where they said so. */
public record Caller(Person person, Origin origin) {}
