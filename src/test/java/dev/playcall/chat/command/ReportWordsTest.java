package dev.playcall.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.Catalog;
import dev.playcall.command.ReportCommand;
import dev.playcall.command.ScheduleCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportWordsTest {
    private static CommandParser.Parsed parse(String text) {
        return new CommandParser(Catalog.EMPTY).parse(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", emptyValue = "", textBlock = """
        report daily                                           | daily       | '' | ''    | ''         | ''
        report daily production at 08:30                       | daily       | '' | 08:30 | production | ''
        report weekly on fri at 7                              | weekly      | fri | 7    | ''         | ''
        report weekly all on mon --channel slack:C9            | weekly      | mon | ''   | all        | slack:C9
        report "0 9 * * mon-fri" staging                       | 0 9 * * mon-fri | '' | '' | staging   | ''
        report 0 9 * * 1-5                                     | 0 9 * * 1-5 | '' | ''    | ''         | ''
        report 0 9 * * 1-5 staging                             | 0 9 * * 1-5 | '' | ''    | staging    | ''
        """)
    void isUnderstood(String text, String every, String day, String at, String environment, String channel) {
        assertThat(parse(text))
                .isInstanceOfSatisfying(
                        CommandParser.Parsed.Execute.class,
                        d -> assertThat(d.command())
                                .isEqualTo(
                                        new ReportCommand.AddReport(every, day, at, "", "", environment, channel, "")));
    }

    @Test
    void aScheduleIsMeantByItsNumberOrItsName() {
        assertThat(parse("schedule pause \"night ly\" holidays"))
                .isInstanceOfSatisfying(
                        CommandParser.Parsed.Execute.class,
                        d -> assertThat(d.command())
                                .isEqualTo(new ScheduleCommand.ChangeSchedule(
                                        "night ly", ScheduleCommand.ChangeSchedule.How.PAUSE, "holidays")));
        assertThat(parse("schedule run #7"))
                .isInstanceOfSatisfying(
                        CommandParser.Parsed.Execute.class,
                        d -> assertThat(d.command()).isEqualTo(new ScheduleCommand.RunSchedule(7)));
        assertThat(parse("schedule remove"))
                .isInstanceOfSatisfying(
                        CommandParser.Parsed.Invalid.class,
                        w -> assertThat(w.message()).contains("number or name is missing"));
    }

    @Test
    void whatIsNoReportIsSaidInOneLine() {
        assertThat(parse("report")).isInstanceOf(CommandParser.Parsed.Invalid.class);
        assertThat(parse("report hourly staging"))
                .isInstanceOfSatisfying(
                        CommandParser.Parsed.Invalid.class,
                        w -> assertThat(w.message())
                                .contains(
                                        "\"hourly\" is not daily, weekly or a cron expression",
                                        "report daily production at 09:00"));
        assertThat(parse("report daily staging production"))
                .isInstanceOfSatisfying(
                        CommandParser.Parsed.Invalid.class,
                        w -> assertThat(w.message()).contains("\"production\" is not a valid option"));
        assertThat(parse("report daily at"))
                .isInstanceOfSatisfying(
                        CommandParser.Parsed.Invalid.class,
                        w -> assertThat(w.message()).contains("at needs a value"));
        assertThat(parse("report pause 7 quiet week"))
                .isInstanceOfSatisfying(
                        CommandParser.Parsed.Execute.class,
                        d -> assertThat(d.command())
                                .isEqualTo(new ScheduleCommand.ChangeSchedule(
                                        7, ScheduleCommand.ChangeSchedule.How.PAUSE, "quiet week")));
    }
}
