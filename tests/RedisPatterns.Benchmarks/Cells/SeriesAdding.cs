using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>A way of adding to series that are there, each of which grows by ten seconds with each of its samples.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="InFlight">How many operations are in flight.</param>
/// <param name="Bar">The least ratio to the baseline.</param>
/// <param name="SamplesAnOperation">How many samples an operation adds.</param>
/// <param name="Add">Does an operation, by its number.</param>
/// <param name="PointsOf">How many samples a series has after so many operations.</param>
internal sealed record SeriesAdding(
    string Name, int InFlight, double Bar, int SamplesAnOperation, Func<ISeriesSide, SeriesSamples, long, Task> Add, Func<long, int, long> PointsOf)
{
    private const int Block = 100;
    private const int SeriesBetweenChecks = 9;
    private readonly Dictionary<ISeriesSide, long> _added = [];

    public static SeriesAdding[] Create() =>
    [
        OneByOne(1, 1.2),
        OneByOne(50, 2),
        OfEach(1),
        OfEach(10),
        OfOne(1),
        OfOne(10),
    ];

    public Cell CellOf(SeriesSides sides, SeriesSamples samples) => new(Name, [.. sides.ToAddTo.Select((side, place) => VariantOf(side, samples, place > 0))])
    {
        InFlight = InFlight,
        Bar = Bar,
    };

    /// <summary>Reads some of the series back.</summary>
    /// <exception cref="InvalidOperationException">They are not what was added.</exception>
    public async Task VerifyAsync(SeriesSamples samples)
    {
        foreach (var (side, added) in _added)
        {
            for (var series = 0; series < SeriesSamples.SeriesCount; series += SeriesBetweenChecks)
            {
                var right = samples.Stretch(series, 0, (int)PointsOf(added, series));
                var found = await side.RangeAsync(series, new(samples.At(series, 0).Timestamp, samples.At(series, right.Length).Timestamp));

                // By hand records lie as they came.
                if (!right.SequenceEqual(found.OrderBy(sample => sample.Timestamp)))
                {
                    throw new InvalidOperationException($"{Name}: {side.Name} holds {found.Count} samples of a series that are not the {right.Length} that were added.");
                }
            }
        }
    }

    private static SeriesAdding OneByOne(int inFlight, double bar) => new(
        "add one by one", inFlight, bar, 1, static (side, samples, i) => side.AddAsync(Series(i), samples.At(Series(i), Turn(i))), Turns);

    private static SeriesAdding OfEach(int inFlight) => new(
        "add to 100 series at a time", inFlight, 1.8, SeriesSamples.SeriesCount, static (side, samples, i) => side.AddOfEachAsync(samples.OfEach(i)), static (operations, _) => operations);

    private static SeriesAdding OfOne(int inFlight) => new(
        "add 100 of one series",
        inFlight,
        4,
        Block,
        static (side, samples, i) => side.AddAsync(Series(i), samples.Stretch(Series(i), Turn(i) * Block, Block)),
        static (operations, series) => Turns(operations, series) * Block);

    private static int Series(long operation) => (int)(operation % SeriesSamples.SeriesCount);

    private static long Turn(long operation) => operation / SeriesSamples.SeriesCount;

    private static long Turns(long operations, int series) => (operations + SeriesSamples.SeriesCount - 1 - series) / SeriesSamples.SeriesCount;

    private Variant VariantOf(ISeriesSide side, SeriesSamples samples, bool isOrientation) => new(side.Name, async (loop, _) =>
    {
        while (loop.Next(out var i)) await Add(side, samples, i).ConfigureAwait(false);
    })
    {
        IsOrientation = isOrientation,
        Cleanup = (_, end) =>
        {
            _added[side] = end;
            return Task.CompletedTask;
        },
    };
}
