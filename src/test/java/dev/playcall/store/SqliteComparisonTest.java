package dev.playcall.store;

class SqliteComparisonTest extends ComparisonContract {}
