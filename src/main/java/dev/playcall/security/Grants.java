package dev.playcall.security;

import java.util.List;

/** Rights that are kept elsewhere than in the configuration: those of accounts and tokens. Asked for every decision. */
@FunctionalInterface
public interface Grants {
    List<Grant> current();
}
