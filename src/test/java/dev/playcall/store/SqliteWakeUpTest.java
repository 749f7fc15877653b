package dev.playcall.store;

class SqliteWakeUpTest extends WakeUpContract {}
