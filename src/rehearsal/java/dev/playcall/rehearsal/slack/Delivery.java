package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** How what people do gets to the application. */
interface Delivery {
    /** Sends one envelope and waits for its acknowledgement. */
    Ack deliver(ObjectNode envelope, Duration timeout);

    /** Whether acknowledgements arrive when nobody waits for them any more. */
    void late(boolean value);
}
