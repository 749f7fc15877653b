/** What agents report, and who asks for it: they bring a token of their environment, which opens nothing else. */
@org.jspecify.annotations.NullMarked
package dev.playcall.web.ingest;
