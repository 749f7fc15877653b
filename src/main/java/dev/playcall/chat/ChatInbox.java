package dev.playcall.chat;

import dev.playcall.chat.conversation.ChatService;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.domain.name.Person;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where platforms hand in what people want: each thing once, not too many at a time, and nothing that goes wrong with
 * one harms the next.
 */
public final class ChatInbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChatInbox.class);
    /** So many may wait for each that is worked on; more would be answered too late to be of use. */
    private static final int WAITING = 60;

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final ChatService chatService;
    private final ChatStore store;
    private final Clock clock;
    private final Semaphore capacity;
    private final Semaphore hands;
    private volatile Consumer<Duration> took = _ -> {};
    private volatile BooleanSupplier answersForAll = () -> true;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /** @param most how many things may be worked on at a time */
    public ChatInbox(ChatService chatService, ChatStore store, Clock clock, int most) {
        this.chatService = chatService;
        this.store = store;
        this.clock = clock;
        this.capacity = new Semaphore(most * WAITING);
        this.hands = new Semaphore(most);
    }

    public ChatService conversation() {
        return chatService;
    }

    /** Whether a delivery comes for the first time, also across restarts. Platforms deliver again when in doubt. */
    public boolean isFirst(String key) {
        return store.isFirst(key, clock.instant());
    }

    /** @param here whether this gateway answers where a platform tells all of them the same; to be said before the start */
    public void answersForAll(BooleanSupplier here) {
        answersForAll = here;
    }

    /** Whether this gateway answers where a platform tells all of them the same. */
    public boolean answersForAll() {
        return answersForAll.getAsBoolean();
    }

    /** Keeps how a person is called. */
    public void met(Person person, String name) {
        store.saveName(person, name);
    }

    /** From now on it is told how long each thing took from its arrival to its answer. */
    public void timed(Consumer<Duration> timer) {
        took = timer;
    }

    /** Works on it aside; false when there is too much to do, and then nothing was begun. */
    public boolean take(Runnable work) {
        if (!capacity.tryAcquire()) {
            return false;
        }
        try {
            long came = System.nanoTime();
            workers.execute(() -> {
                guarded(work);
                took.accept(Duration.ofNanos(System.nanoTime() - came));
            });
            return true;
        } catch (java.util.concurrent.RejectedExecutionException e) {
            capacity.release();
            return false;
        }
    }

    /** An Error of one handler must not make the gateway deaf, so it is caught with everything else. */
    private void guarded(Runnable work) {
        try {
            hands.acquire();
            try {
                work.run();
            } finally {
                hands.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            log.error("A chat command could not be answered", e);
        } finally {
            capacity.release();
        }
    }

    /** Takes nothing more and waits a little for what is being worked on. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Some chat commands were still running when the gateway stopped");
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
