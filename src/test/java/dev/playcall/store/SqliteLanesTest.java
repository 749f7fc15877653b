package dev.playcall.store;

class SqliteLanesTest extends LanesContract {}
