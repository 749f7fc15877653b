package dev.playcall.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderChangesTest {
    @TempDir
    Path folder;

    @Test
    void the_first_quiet_wait_lets_look_once_more_at_what_was_written_before_it() {
        try (var changes = new FolderChanges();
                var run = changes.of(folder)) {
            assertThat(run.await(false)).isTrue();
            assertThat(run.await(false)).isFalse();
        }
    }

    @Test
    void what_is_written_ends_a_quiet_wait() throws Exception {
        var output = Files.createFile(folder.resolve("output"));
        try (var changes = new FolderChanges();
                var run = changes.of(folder)) {
            run.await(false);
            var waiting = CompletableFuture.supplyAsync(() -> run.await(false));
            Files.writeString(output, "a line\n", StandardOpenOption.APPEND);
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void the_record_of_the_end_is_reported_where_much_is_written() throws Exception {
        try (var changes = new FolderChanges();
                var run = changes.of(folder)) {
            run.await(false);
            for (int i = 0; i < 10; i++) {
                run.await(true);
            }
            var draft = Files.writeString(folder.resolveSibling(folder.getFileName() + ".new"), "{}");
            Files.move(draft, folder.resolve("exit.json"));
            await().atMost(Duration.ofSeconds(30)).until(() -> run.await(true));
        }
    }

    @Test
    void what_changes_in_another_folder_is_not_reported() throws Exception {
        var other = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-other"));
        try (var changes = new FolderChanges();
                var run = changes.of(folder);
                var second = changes.of(other)) {
            run.await(false);
            second.await(false);
            Files.createFile(folder.resolve("output"));
            assertThat(second.await(false)).isFalse();
            assertThat(run.await(false)).isTrue();
        }
    }

    @Test
    void a_wait_for_a_folder_that_is_not_there_ends_by_itself() {
        try (var changes = new FolderChanges();
                var run = changes.of(folder.resolve("gone"))) {
            assertThat(run.await(false)).isFalse();
        }
    }

    @Test
    void closing_ends_the_waits() throws Exception {
        var changes = new FolderChanges();
        try (var run = changes.of(folder)) {
            run.await(false);
            var waiting = CompletableFuture.supplyAsync(() -> run.await(false));
            changes.close();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(run.await(true)).isFalse();
        }
    }
}
