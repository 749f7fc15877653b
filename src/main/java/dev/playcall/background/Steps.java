package dev.playcall.background;

import org.jspecify.annotations.Nullable;

/** Steps that do not need each other: the fault of one is thrown at the end and keeps none of the others from being done. */
public final class Steps {
    private @Nullable Throwable fault;

    public Steps then(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            add(e);
        }
        return this;
    }

    private void add(Throwable e) {
        if (fault == null) {
            fault = e;
        } else if (!fault.equals(e)) {
            fault.addSuppressed(e);
        }
    }

    /** Throws the first fault, should there have been one. */
    public void end() {
        switch (fault) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }
}
