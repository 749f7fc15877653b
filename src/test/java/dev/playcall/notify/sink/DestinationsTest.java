package dev.playcall.notify.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.template.NotificationTemplates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;

/** Nobody is sent to an address inside who may not go there. */
class DestinationsTest {
    @Test
    void addressesInsideAreKnownHoweverTheyAreWritten() throws IOException {
        for (var inside : List.of(
                "192.0.0.192",
                "192.0.2.1",
                "198.18.0.1",
                "198.19.255.255",
                "203.0.113.9",
                "168.63.129.16",
                "100.100.100.200",
                "240.0.0.1",
                "::127.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b:1::1",
                "2001:0:5ef5:79fb::1",
                "2001:db8::1",
                "fd00:ec2::254",
                "fec0::1",
                "2001:4860::5efe:10.0.0.1",
                "2001:4860::200:5efe:127.0.0.1",
                "2002:a9fe:a9fe::1")) {
            assertThat(Destinations.isInside(InetAddress.getByName(inside)))
                    .as(inside)
                    .isTrue();
        }
        for (var outside : List.of("1.1.1.1", "169.253.0.1", "198.20.0.1", "2001:4860:4860::8888", "2a00::1")) {
            assertThat(Destinations.isInside(InetAddress.getByName(outside)))
                    .as(outside)
                    .isFalse();
        }
    }

    @Test
    void noWayOfWritingAnAddressInsideGetsThrough() throws IOException {
        try (var receiver = new Receiver()) {
            int port = receiver.address("/").getPort();
            for (var host : List.of(
                    "127.0.0.1",
                    "127.1",
                    "127.0.1",
                    "2130706433",
                    "0",
                    "0.0.0.0",
                    "017700000001",
                    "0x7f.0.0.1",
                    "0x7f000001",
                    "localhost",
                    "LOCALHOST.",
                    "[::1]",
                    "[::ffff:127.0.0.1]",
                    "[::ffff:7f00:1]",
                    "[0:0:0:0:0:0:0:1]",
                    "[::127.0.0.1]",
                    "169.254.169.254",
                    "[fd00:ec2::254]")) {
                var address = URI.create("http://" + host + ":" + port + "/latest/meta-data");
                for (Sink sink : List.of(
                        new WebhookSink(
                                address,
                                List.of(),
                                Connection.PUBLIC,
                                NotificationTemplates.USUAL,
                                () -> NotificationSamples.NOW),
                        new NtfySink(address, Optional.empty(), Connection.PUBLIC, NotificationTemplates.USUAL),
                        new AppriseApiSink(address, "", Connection.PUBLIC, NotificationTemplates.USUAL))) {
                    assertThat(sink.deliver(NotificationSamples.open("t", "")))
                            .as(host)
                            .isNotInstanceOf(Result.Delivered.class);
                }
            }
            assertThat(receiver.got()).isEmpty();
        }
    }

    /** A name server that changes its mind between two questions. */
    private static final class Turning implements Dns {
        private final List<List<InetAddress>> answers;
        private int asked;

        Turning(List<List<InetAddress>> answers) {
            this.answers = List.copyOf(answers);
        }

        @Override
        public List<InetAddress> lookup(String host) {
            return answers.get(Math.min(asked++, answers.size() - 1));
        }
    }

    @Test
    void theAddressThatWasCheckedIsTheOneThatIsCalled() throws IOException {
        var here = InetAddress.getLoopbackAddress();
        var elsewhere = InetAddress.getByName("127.0.0.9");
        try (var receiver = new Receiver()) {
            var dns = new Turning(List.of(List.of(here), List.of(elsewhere)));
            var sinkHttp = new SinkHttp(new Destinations(true, dns), Connection.PRIVATE);
            var to =
                    URI.create("http://turning.example:" + receiver.address("/").getPort() + "/in");
            assertThat(sinkHttp.post(to, "{}".getBytes(StandardCharsets.UTF_8), Map.of(), _ -> ""))
                    .isInstanceOf(Result.Delivered.class);
            assertThat(dns.asked).as("asked once: what was checked was called").isEqualTo(1);
        }
    }

    @Test
    void oneAddressInsideAmongGoodOnesIsEnoughToRefuse() throws IOException {
        var mixed = new ArrayList<>(List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")));
        var sinkHttp = new SinkHttp(new Destinations(false, new Turning(List.of(mixed))), Connection.PUBLIC);
        var result = sinkHttp.post(URI.create("http://mixed.example/in"), new byte[0], Map.of(), _ -> "");
        assertThat(result).isInstanceOf(Result.Refused.class);
        assertThat(result.toString()).doesNotContain("mixed.example", "10.0.0.1");
    }
}
