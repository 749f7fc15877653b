package dev.playcall.config;

import java.util.List;

/** What has to be agreed, and when nothing is to change, as {@code access:} says it. */
public record Policies(List<Policy> policies, List<FreezeWindow> freezes) {
    public static final Policies NONE = new Policies(List.of(), List.of());

    public Policies {
        policies = List.copyOf(policies);
        freezes = List.copyOf(freezes);
    }
}
