package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.HostStatus;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.NotifyStore.Decision;
import dev.playcall.notify.event.NotifyStore.Group;
import dev.playcall.notify.event.NotifyStore.Intake;
import dev.playcall.notify.event.NotifyStore.Routed;
import dev.playcall.notify.event.NotifyStore.RoutedEvent;
import dev.playcall.notify.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every database owes to those who are to be told of something. */
abstract class NotifyStoreContract extends StoreFixture {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final GroupTiming TIMING =
            new GroupTiming(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofHours(4));

    private final List<Group> told = new ArrayList<>();

    private NotifyStore notices() {
        return database().notices();
    }

    private static NotificationEvent notice(
            String key, String subject, NotificationEvent.Status status, Severity severity) {
        return new NotificationEvent(
                "am",
                key,
                subject,
                NOW,
                "alert",
                severity,
                status,
                new TreeMap<>(Map.of("host", "web-1")),
                "T " + key,
                "",
                "");
    }

    private static Routed routed(NotificationEvent event, String... receivers) {
        var to = List.of(receivers).stream()
                .map(r -> new RoutedEvent(r, "route", new TreeMap<>(Map.of("env", "prod")), TIMING))
                .toList();
        return new Routed(event, event.title() + event.severity(), to);
    }

    private Intake take(Routed routed, Instant at) {
        return notices()
                .take(List.of(routed), new NotifyStore.Origin.Somewhere(), at)
                .getFirst();
    }

    @Test
    void anOpenAlertThatNamesAServerIsPartOfHowTheServerIs() {
        take(routed(notice("k1", "disk", NotificationEvent.Status.OPEN, Severity.CRITICAL)), NOW);
        take(routed(notice("k2", "talk", NotificationEvent.Status.OPEN, Severity.INFO)), NOW);
        var named = store().statuses(new EnvironmentName("production"));
        assertThat(named).extracting(HostStatus::host).containsExactly("web-1");
        assertThat(named.getFirst().alert().orElseThrow().title()).isEqualTo("T k1");
        take(routed(notice("k3", "disk", NotificationEvent.Status.RESOLVED, Severity.CRITICAL)), NOW.plusSeconds(1));
        assertThat(store().statuses(new EnvironmentName("production"))).isEmpty();
    }

    private int tell(Instant at) {
        NotifyStore.Decider decider = batch -> batch.groups().stream()
                .<Decision>map(g -> {
                    told.add(g);
                    var content = new Notification.Content(
                            false, Severity.ERROR, g.items().size(), 0, 0, g.labels(), g.items());
                    return new Decision.Send(g, Optional.of(content), Optional.empty());
                })
                .toList();
        return notices().due(at).stream()
                .mapToInt(line -> notices().deliver(line, at, decider))
                .sum();
    }

    private List<Notification> claim(String receiver, Instant at) {
        return notices().exchange(List.of(), new NotifyStore.Claim(receiver, at, at.plusSeconds(60), 10));
    }

    private void came(Delivery.Outcome outcome) {
        assertThat(notices().exchange(List.of(outcome), new NotifyStore.Claim("ops", NOW, NOW, 0)))
                .isEmpty();
    }

    private void done(Notification notification, Instant at, String ref) {
        came(new Delivery.Outcome(
                notification.id(),
                new Delivery.Attempt(1, at, 5, true, "delivered"),
                Delivery.State.DONE,
                Optional.empty(),
                "",
                ref));
    }

    @Test
    void whatIsSaidTwiceIsTakenOnceAndAnotherThingUnderTheSameKeyIsAClash() {
        var first = routed(notice("k", "s", NotificationEvent.Status.EVENT, Severity.ERROR), "ops");
        assertThat(take(first, NOW)).isEqualTo(Intake.NEW);
        assertThat(take(first, NOW)).isEqualTo(Intake.AGAIN);
        assertThat(take(routed(notice("k", "s", NotificationEvent.Status.EVENT, Severity.INFO), "ops"), NOW))
                .isEqualTo(Intake.CLASH);
        assertThat(tell(NOW.plusSeconds(10))).isEqualTo(1);
        assertThat(told.getFirst().items()).hasSize(1);
    }

    @Test
    void aGroupIsHeldForAMomentAndThenToldOnceWithEverythingInIt() {
        take(routed(notice("a", "a", NotificationEvent.Status.OPEN, Severity.ERROR), "ops"), NOW);
        take(routed(notice("b", "b", NotificationEvent.Status.OPEN, Severity.ERROR), "ops"), NOW.plusSeconds(5));
        assertThat(tell(NOW.plusSeconds(9))).isZero();
        assertThat(tell(NOW.plusSeconds(10))).isEqualTo(1);
        assertThat(told.getFirst().items()).extracting(Notification.Item::title).containsExactly("T a", "T b");
        assertThat(tell(NOW.plusSeconds(3_600))).isZero();
    }

    @Test
    void whatIsGraveAndNewIsNotHeld() {
        take(routed(notice("a", "a", NotificationEvent.Status.OPEN, Severity.CRITICAL), "ops"), NOW);
        assertThat(tell(NOW)).isEqualTo(1);
    }

    @Test
    void changesOfAGroupAreToldNotTooOften() {
        take(routed(notice("a", "a", NotificationEvent.Status.OPEN, Severity.ERROR), "ops"), NOW);
        tell(NOW.plusSeconds(10));
        take(routed(notice("b", "b", NotificationEvent.Status.OPEN, Severity.ERROR), "ops"), NOW.plusSeconds(20));
        assertThat(tell(NOW.plusSeconds(60))).isZero();
        assertThat(tell(NOW.plusSeconds(310))).isEqualTo(1);
        assertThat(told.getLast().fresh()).isFalse();
    }

    @Test
    void aSenderThatRepeatsItselfTellsNothingNewButOneThatSaysItGotWorseDoes() {
        take(routed(notice("a", "a", NotificationEvent.Status.OPEN, Severity.WARNING), "ops"), NOW);
        tell(NOW.plusSeconds(10));
        take(routed(notice("a2", "a", NotificationEvent.Status.OPEN, Severity.WARNING), "ops"), NOW.plusSeconds(20));
        assertThat(tell(NOW.plusSeconds(1_000))).isZero();
        take(routed(notice("a3", "a", NotificationEvent.Status.OPEN, Severity.ERROR), "ops"), NOW.plusSeconds(1_001));
        assertThat(tell(NOW.plusSeconds(1_100))).isEqualTo(1);
    }

    @Test
    void theEndIsToldWhereTheBeginningWasWhateverTheRoutesSayOfIt() {
        take(routed(notice("a", "a", NotificationEvent.Status.OPEN, Severity.ERROR), "ops"), NOW);
        tell(NOW.plusSeconds(10));
        take(routed(notice("r", "a", NotificationEvent.Status.RESOLVED, Severity.INFO)), NOW.plusSeconds(30));
        assertThat(tell(NOW.plusSeconds(400))).isEqualTo(1);
        assertThat(told.getLast().items())
                .extracting(Notification.Item::status)
                .containsExactly(NotificationEvent.Status.RESOLVED);
        assertThat(told.getLast().fresh()).isFalse();
        take(routed(notice("n", "a", NotificationEvent.Status.OPEN, Severity.ERROR), "ops"), NOW.plusSeconds(2_000));
        tell(NOW.plusSeconds(2_020));
        assertThat(told.getLast().fresh()).isTrue();
    }

    @Test
    void theEndOfWhatNobodyWasToldOfIsAThingThatHappened() {
        take(routed(notice("r", "a", NotificationEvent.Status.RESOLVED, Severity.INFO), "ops"), NOW);
        tell(NOW.plusSeconds(10));
        assertThat(told.getLast().items())
                .extracting(Notification.Item::status)
                .containsExactly(NotificationEvent.Status.EVENT);
    }

    @Test
    void whatStaysOpenIsToldAgainAfterAWhile() {
        take(routed(notice("a", "a", NotificationEvent.Status.OPEN, Severity.ERROR), "ops"), NOW);
        tell(NOW.plusSeconds(10));
        assertThat(tell(NOW.plus(Duration.ofHours(4)).plusSeconds(10))).isEqualTo(1);
    }

    @Test
    void messagesOfOneThreadGoOutInOrderAndDoNotHoldUpOthers() {
        var content = new Notification.Content(false, Severity.INFO, 0, 0, 1, new TreeMap<>(), List.of());
        notices().enqueue("ops", "t", content, NOW);
        notices().enqueue("ops", "t", content, NOW);
        notices().enqueue("ops", "u", content, NOW);
        var first = claim("ops", NOW);
        assertThat(first).extracting(Notification::thread).containsExactly("t", "u");
        assertThat(claim("ops", NOW)).isEmpty();
        done(first.getFirst(), NOW, "m1");
        assertThat(claim("ops", NOW)).extracting(Notification::thread).containsExactly("t");
    }

    @Test
    void whatCameOfOneIsKnownWhenTheNextIsTakenInTheSameStep() {
        var content = new Notification.Content(false, Severity.INFO, 0, 0, 1, new TreeMap<>(), List.of());
        notices().enqueue("ops", "t", content, NOW);
        notices().enqueue("ops", "t", content, NOW);
        var first = claim("ops", NOW).getFirst();
        var done = new Delivery.Outcome(
                first.id(),
                new Delivery.Attempt(1, NOW, 5, true, "delivered"),
                Delivery.State.DONE,
                Optional.empty(),
                "",
                "m1");
        assertThat(notices().exchange(List.of(done), new NotifyStore.Claim("ops", NOW, NOW.plusSeconds(60), 10)))
                .extracting(Notification::id)
                .containsExactly(first.id() + 1);
        assertThat(notices().delivery(first.id()).orElseThrow().state()).isEqualTo(Delivery.State.DONE);
    }

    @Test
    void theNextMessageOfAThreadKnowsTheOneBefore() {
        take(routed(notice("a", "a", NotificationEvent.Status.OPEN, Severity.ERROR), "ops"), NOW);
        tell(NOW.plusSeconds(10));
        var first = claim("ops", NOW.plusSeconds(10)).getFirst();
        assertThat(first.earlier()).isEmpty();
        done(first, NOW.plusSeconds(11), "m1");
        take(routed(notice("r", "a", NotificationEvent.Status.RESOLVED, Severity.INFO)), NOW.plusSeconds(30));
        tell(NOW.plusSeconds(400));
        assertThat(claim("ops", NOW.plusSeconds(400)).getFirst().earlier()).contains("m1");
    }

    @Test
    void whatWasBeingSentWhenTheGatewayDiedIsDueAgainAndMarked() {
        notices()
                .enqueue(
                        "ops",
                        "t",
                        new Notification.Content(false, Severity.INFO, 0, 0, 1, new TreeMap<>(), List.of()),
                        NOW);
        assertThat(claim("ops", NOW).getFirst().repeated()).isFalse();
        assertThat(notices().busyReceivers(NOW)).isEmpty();
        notices().abandon(NOW.plusSeconds(1));
        assertThat(claim("ops", NOW.plusSeconds(1)).getFirst().repeated()).isTrue();
    }

    @Test
    void theLedgerShowsEveryAttemptAndADeadOneCanBeSentAgain() {
        long id = notices()
                .enqueue(
                        "ops",
                        "t",
                        new Notification.Content(true, Severity.INFO, 0, 0, 1, new TreeMap<>(), List.of()),
                        NOW);
        claim("ops", NOW);
        came(new Delivery.Outcome(
                id,
                new Delivery.Attempt(1, NOW, 7, false, "it answered 500"),
                Delivery.State.DUE,
                Optional.of(NOW.plusSeconds(5)),
                "it answered 500",
                ""));
        assertThat(claim("ops", NOW.plusSeconds(4))).isEmpty();
        assertThat(claim("ops", NOW.plusSeconds(5))).hasSize(1);
        came(new Delivery.Outcome(
                id,
                new Delivery.Attempt(2, NOW.plusSeconds(5), 7, false, "it answered 404"),
                Delivery.State.DEAD,
                Optional.empty(),
                "it answered 404",
                ""));
        var dead = notices().delivery(id).orElseThrow();
        assertThat(dead.state()).isEqualTo(Delivery.State.DEAD);
        assertThat(dead.attempts())
                .extracting(Delivery.Attempt::answer)
                .containsExactly("it answered 500", "it answered 404");
        assertThat(notices().counts()).containsEntry(Delivery.State.DEAD, 1L).containsEntry(Delivery.State.DONE, 0L);
        assertThat(notices().deliveries(Optional.of(Delivery.State.DEAD), Optional.empty(), Optional.empty(), 10))
                .hasSize(1);
        assertThat(notices().redeliver(id, NOW.plusSeconds(60))).isTrue();
        assertThat(notices().redeliver(id, NOW.plusSeconds(60))).isFalse();
        assertThat(claim("ops", NOW.plusSeconds(60))).hasSize(1);
    }

    @Test
    void theCursorMovesWithWhatItBrought() {
        notices().take(List.of(), new NotifyStore.Origin.Journal(41), NOW);
        assertThat(notices().cursor()).isEqualTo(41);
        notices().take(List.of(), new NotifyStore.Origin.Journal(7), NOW);
        assertThat(notices().cursor()).isEqualTo(41);
    }

    @Test
    void whatHasEndedIsForgottenInTheEndAndWhatIsOpenIsNot() {
        long id = notices()
                .enqueue(
                        "ops",
                        "t",
                        new Notification.Content(false, Severity.INFO, 0, 0, 1, new TreeMap<>(), List.of()),
                        NOW);
        notices().delete(NOW.plus(Duration.ofDays(60)));
        assertThat(notices().delivery(id)).isPresent();
        done(claim("ops", NOW).getFirst(), NOW, "");
        notices().delete(NOW.plus(Duration.ofDays(60)));
        assertThat(notices().delivery(id)).isEmpty();
    }
}
