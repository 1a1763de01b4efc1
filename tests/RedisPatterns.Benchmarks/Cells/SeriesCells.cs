using System.Globalization;
using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>What is asked of series, at the numbers in flight that bars are set for.</summary>
internal static class SeriesCells
{
    private const int AnswersCompared = 20;
    private const string Region = "region3";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static IEnumerable<Cell> Create(SeriesSides sides, SeriesSamples samples)
    {
        var (hours, days) = (samples.Questions(Hour), samples.Questions(Day));
        Cell Raw(int inFlight, double bar) => Of(
            "one hour raw", inFlight, bar, sides.ToAsk, hours, static (side, question) => side.RangeAsync(question.Series, question.Range), Tell, question => Tell(samples.Range(question)));
        Cell ByDay(int inFlight) => Of(
            "one day by 5 minutes", inFlight, 6, sides.ToAsk, days, static (side, question) => side.AveragesAsync(question.Series, question.Range), Tell, question => Tell(samples.Averages(question)));
        Cell Grouped(int inFlight) => Of(
            "100 series, one hour by 5 minutes, grouped",
            inFlight,
            5,
            [.. sides.ToAsk, sides.Sealed.By("chunks, sealed, by a label's value", OurSeries.Everything)],
            hours,
            static (side, question) => side.GroupsAsync(question.Range, null),
            Tell,
            question => string.Join('\n', SeriesSamples.Regions.Select(region => Tell(region, samples.Averages(question.Range, region)))));
        Cell OneGroup(int inFlight) => Of(
            "10 series of a region, one hour by 5 minutes",
            inFlight,
            null,
            sides.ToAsk,
            hours,
            static (side, question) => side.GroupsAsync(question.Range, Region),
            Tell,
            question => Tell(Region, samples.Averages(question.Range, Region)));
        return [Raw(1, 1.5), Raw(50, 3), ByDay(1), ByDay(50), Grouped(1), Grouped(8), OneGroup(1), OneGroup(8)];
    }

    private static Cell Of<T>(
        string name,
        int inFlight,
        double? bar,
        ISeriesSide[] sides,
        SeriesQuestion[] questions,
        Func<ISeriesSide, SeriesQuestion, Task<T>> ask,
        Func<T, string> tell,
        Func<SeriesQuestion, string> right) => new(name, [.. sides.Select((side, place) => VariantOf(side, place > 0, questions, ask, tell))])
        {
            InFlight = inFlight,
            Bar = bar,
            Expected = string.Join('\n', questions.Take(AnswersCompared).Select(right)),
        };

    private static Variant VariantOf<T>(
        ISeriesSide side, bool isOrientation, SeriesQuestion[] questions, Func<ISeriesSide, SeriesQuestion, Task<T>> ask, Func<T, string> tell) => new(side.Name, async (loop, _) =>
        {
            while (loop.Next(out var i)) await ask(side, questions[i % questions.Length]).ConfigureAwait(false);
        })
        {
            IsOrientation = isOrientation,
            Answer = async () =>
            {
                var answers = new string[AnswersCompared];
                for (var i = 0; i < answers.Length; i++) answers[i] = tell(await ask(side, questions[i]).ConfigureAwait(false));
                return string.Join('\n', answers);
            },
        };

    private static string Tell(IReadOnlyList<SeriesGroup> groups) => string.Join('\n', groups.Select(group => Tell(group.Value, group.Samples)));

    private static string Tell(string region, IEnumerable<SeriesSample> samples) => $"{region} {Tell(samples)}";

    // Sums may be made in any order.
    private static string Tell(IEnumerable<SeriesSample> samples) =>
        string.Join(' ', samples.Select(sample => string.Create(CultureInfo.InvariantCulture, $"{sample.Timestamp}:{sample.Value:G12}")));
}
