package dev.playcall.store;

class SqliteHistoryTest extends HistoryContract {}
