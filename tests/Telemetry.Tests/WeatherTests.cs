using System.Globalization;
using Telemetry.Charts;

namespace Telemetry.Tests;

/// <summary>What is true of the weather: made of the file by plain code, or looked up in it by hand.</summary>
public sealed class WeatherTests(InMemoryRun run)
{
    private static readonly Files.Day[] Year2015 = [.. Files.Days.Where(day => day.Year == 2015)];

    [Fact]
    public void All_days_are_loaded()
    {
        Assert.Equal(1_461, Files.Days.Count);
        Assert.Equal(["5,844 samples in 1,461 calls."], run.Answer("The numbers"));
        Assert.Equal(["1,461 samples."], run.Answer("What each day was"));
        Assert.Equal(["1,461 samples in 2 keys (Chunks), 2012-01-01 to 2015-12-31."], run.Answer("What is known"));
    }

    [Fact]
    public void The_highs_of_a_year_are_drawn_day_by_day()
    {
        var (least, greatest) = (Year2015.Min(day => day.High), Year2015.Max(day => day.High));
        var expected = Year2015.GroupBy(day => (day.On.Month - 1) / 2).Select(months => Sparkline.Of([.. months.Select(day => day.High)], least, greatest));
        var answer = run.Answer("The highs of 2015, day by day");
        Assert.Equal(expected, answer.SkipLast(1).Select(line => line.Split("  ")[1]));
        Assert.Equal(["Jan-Feb", "Mar-Apr", "May-Jun", "Jul-Aug", "Sep-Oct", "Nov-Dec"], answer.SkipLast(1).Select(line => line.Split("  ")[0]));
        Assert.Equal("365 values, 1.7 to 35.0 °C", answer[^1]);
    }

    [Fact]
    public void A_rule_keeps_the_average_of_each_week()
    {
        var weeks = Weeks().Where(week => week.Monday.Year == 2015).Select(week => week.High).ToArray();
        var answer = run.Answer("Week by week");
        Assert.Equal(Sparkline.Of(weeks), answer[0]);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"52 values, {weeks.Min():0.0} to {weeks.Max():0.0} °C"), answer[1]);
    }

    [Fact]
    public void Another_keeps_the_average_of_thirty_days()
    {
        var warmest = Files.Days.Index().Skip(29)
            .Select(last => (last.Item.Date, High: Files.Days.Take((last.Index - 29)..(last.Index + 1)).Average(day => day.High)))
            .MaxBy(rolling => rolling.High);
        Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"{warmest.High:0.0} °C, until {warmest.Date}")], run.Answer("The warmest thirty"));
    }

    [Fact]
    public void Months_are_those_of_the_calendar()
    {
        var expected = Year2015.GroupBy(day => day.Month).Select(month => month.Average(day => day.High).ToString("N1", CultureInfo.InvariantCulture));
        var answer = run.Answer("The highs of 2015 on average").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(expected, answer.Select(bar => bar[1]));
        Assert.Equal(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[..12], answer.Select(bar => bar[0]));
        Assert.Equal(50, answer.Single(bar => bar[0] == "Jul")[2].Length);
    }

    [Fact]
    public void The_wettest_month_is_December_2015()
    {
        var months = Files.Days.GroupBy(day => day.Month).Select(month => month.Sum(day => day.Rain)).ToArray();
        Assert.Equal([Sparkline.Of(months), "48 values, 0.0 to 284.5 mm", "284.5 mm in the month from 2015-12-01"], run.Answer("The rain of 48 months"));
    }

    [Fact]
    public void The_hottest_day_is_the_11th_of_August_2014()
    {
        Assert.Equal("2014-08-11", Files.Days.MaxBy(day => day.High)!.Date);
        Assert.Equal(["35.6 °C on 2014-08-11"], run.Answer("The hottest day"));
        var hot = Files.Days.Where(day => day.High > 33).Select(day => string.Create(CultureInfo.InvariantCulture, $"{day.Date}: {day.High:0.0}"));
        Assert.Equal(hot, run.Answer("Days above 33"));
    }

    [Fact]
    public void Months_without_snow_are_filled()
    {
        var snow = Files.Days.Where(day => day.Sky == "snow").ToList();
        var months = Files.Days.Select(day => day.Month).Distinct().SkipWhile(month => month != snow[0].Month).TakeWhile(month => string.CompareOrdinal(month, snow[^1].Month) <= 0);
        var answer = run.Answer("Days of snow");
        Assert.Equal(string.Join(' ', months.Select(month => snow.Count(day => day.Month == month))), answer[0]);
        Assert.Equal($"{snow[0].Month}-01 to {snow[^1].Month}-01", answer[1]);
    }

    [Fact]
    public void A_week_follows_what_is_wrong_corrected_deleted_and_late()
    {
        var week = Files.Days.SkipWhile(day => day.Date != "2015-07-27").Take(7).Select(day => day.High).ToArray();
        Assert.Equal([string.Join("  ", week.Select(high => high.ToString("0.0", CultureInfo.InvariantCulture)))], run.Answer("The week of 27 July"));
        var average = Text(week.Average());
        Assert.Equal([average], run.Answer("Its average"));
        Assert.Equal([Text((week.Sum() - week[3] + 99.9) / 7)], run.Answer("A broken sensor"));
        Assert.Equal([$"{average}, as before: True"], run.Answer("It is corrected"));
        Assert.Equal(["7 samples deleted."], run.Answer("Nobody trusts"));

        var summer = Weeks().Where(other => Math.Abs(other.Monday.DayNumber - new DateOnly(2015, 7, 27).DayNumber) <= 56).SkipLast(1).ToArray();
        double[] gap = [.. summer.Select(other => other.Monday == new DateOnly(2015, 7, 27) ? double.NaN : other.High)];
        Assert.Equal(double.NaN, gap[8]);
        Assert.Equal(Sparkline.Of(gap), run.Answer("The summer week by week")[0]);
        gap[8] = (gap[7] + gap[9]) / 2;
        Assert.Equal([Sparkline.Of(gap), $"{Text(gap[8])} in the gap"], run.Answer("And with a straight line").Where((_, i) => i != 1));
        Assert.Equal(["7 written."], run.Answer("The days come once more"));
        Assert.Equal([$"{average}, as before: True"], run.Answer("The week is as it was"));
    }

    [Fact]
    public void Labels_find_series_and_join_them()
    {
        Assert.Equal(["precipitation: city=seattle, kind=rain, unit=mm", "wind: city=seattle, kind=wind, unit=m/s"], run.Answer("Which series are of Seattle"));
        var last = Files.Days[^1];
        Assert.Equal(
            [.. new[] { ("precipitation", last.Rain, "mm"), ("temp-max", last.High, "°C"), ("temp-min", last.Low, "°C"), ("wind", last.Wind, "m/s") }
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Item1}: {one.Item2:0.0} {one.Item3} on {last.Date}"))],
            run.Answer("The latest of each"));
        var widest = Files.Days.MaxBy(day => day.High - day.Low)!;
        Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"{widest.High - widest.Low:0.0} °C on {widest.Date}, of temp-max and temp-min")], run.Answer("Highs and lows"));
        var years = Files.Days.GroupBy(day => day.Sky).OrderBy(sky => sky.Key, StringComparer.Ordinal)
            .Select(sky => string.Join(' ', [sky.Key, .. Enumerable.Range(2012, 4).Select(year => $"{sky.Count(day => day.Year == year)}")]));
        Assert.Equal(years, run.Answer("Days of each kind").Skip(1).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    private static IEnumerable<(DateOnly Monday, double High)> Weeks() =>
        Files.Days.GroupBy(day => day.On.AddDays(-(((int)day.On.DayOfWeek + 6) % 7))).Select(week => (week.Key, week.Average(day => day.High)));

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
