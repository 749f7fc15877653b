package dev.playcall.security.secret;

import dev.playcall.domain.name.Person;
import java.time.Instant;

/** What may be told of a secret: everything but its value. */
public record SecretInfo(SecretRef ref, SecretKind kind, Person by, Instant at) {}
