package dev.playcall.web.http;

import io.javalin.config.RoutesConfig;

/** The addresses of one feature: its pages, forms, JSON and streams. */
public interface RouteGroup {
    void register(RoutesConfig routes);
}
