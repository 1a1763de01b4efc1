using System.Text.Json.Serialization;

namespace RedisPatterns.InMemory.Tests;

/// <summary>Queries in memory, against plain code over the same entities.</summary>
public sealed class QueryTests
{
    private const int Entities = 400;
    private const int Queries = 200;

    private static readonly string[] Colors = ["red", "green", "blue", "rare"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_queries_find_what_plain_code_finds(int seed)
    {
        var random = new Random(seed);
        await using var store = new InMemoryKeyValueStore();
        var balls = store.Keyspace("k").Repository<Ball, BallModel>(new BallModel());
        var all = new List<Ball>();
        for (var i = 0; i < Entities; i++)
        {
            // Ids whose UTF-8 order is not that of UTF-16; few weights, so that many are equal; some without size.
            var id = (random.Next(3) switch { 0 => "\uFF5E", 1 => "\U0001F600", _ => "a" }) + i;
            var color = random.Next(100) == 0 ? "rare" : Colors[random.Next(3)];
            all.Add(await balls.InsertAsync(new Ball(id, color, random.Next(-20, 20), random.Next(4) == 0 ? null : random.Next(1_000)), Cancellation));
        }

        for (var i = 0; i < Queries; i++)
        {
            var (filter, predicate) = Make(random, balls.Model, 3);
            var take = random.Next(3) == 0 ? (int?)null : random.Next(1, 30);
            var descending = random.Next(2) == 0;
            var bySize = random.Next(2) == 0;
            var query = balls.Query(_ => filter);
            query = (bySize, descending) switch
            {
                (true, true) => query.OrderByDescending(m => m.BySize),
                (true, false) => query.OrderBy(m => m.BySize),
                (false, true) => query.OrderByDescending(m => m.ByWeight),
                _ => query.OrderBy(m => m.ByWeight),
            };
            var ordered = all.Where(predicate).Where(ball => !bySize || ball.Size is not null)
                .OrderBy(ball => bySize ? ball.Size!.Value : ball.Weight)
                .ThenBy(ball => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(ball.Id)), StringComparer.Ordinal)
                .Select(ball => ball.Id);
            List<string> expected = [.. descending ? ordered.Reverse() : ordered];
            var found = await (take is { } count ? query.Take(count) : query).ToIdsAsync(Cancellation);
            Assert.Equal(take is { } limit ? expected.Take(limit) : expected, found);

            var unordered = await balls.Query(_ => filter).ToIdsAsync(Cancellation);
            Assert.Equal(all.Where(predicate).Select(ball => ball.Id).Order(StringComparer.Ordinal), unordered.Order(StringComparer.Ordinal));
        }
    }

    private static (Filter<Ball> Filter, Func<Ball, bool> Predicate) Make(Random random, BallModel model, int depth)
    {
        var (low, high) = (random.Next(-25, 25), random.Next(-25, 25));
        var size = random.Next(1_000);
        var (color, other) = (Colors[random.Next(4)], Colors[random.Next(4)]);
        switch (random.Next(depth == 0 ? 5 : 8))
        {
            case 0:
                return (model.ByColor.Is(color), ball => ball.Color == color);
            case 1:
                return (model.ByColor.AnyOf(color, other), ball => ball.Color == color || ball.Color == other);
            case 2:
                return (model.ByWeight.Between(low, high), ball => ball.Weight >= low && ball.Weight <= high);
            case 3:
                return (model.ByWeight.GreaterThan(low), ball => ball.Weight > low);
            case 4:
                return (model.BySize.LessThan(size), ball => ball.Size < size);
            case 5:
                var (inner, isInner) = Make(random, model, depth - 1);
                return (!inner, ball => !isInner(ball));
            default:
                var (left, isLeft) = Make(random, model, depth - 1);
                var (right, isRight) = Make(random, model, depth - 1);
                return random.Next(3) == 0
                    ? (left | right, ball => isLeft(ball) || isRight(ball))
                    : (left & right, ball => isLeft(ball) && isRight(ball));
        }
    }
}

public sealed record Ball(string Id, string Color, int Weight, int? Size);

[JsonSerializable(typeof(Ball))]
public sealed partial class BallJson : JsonSerializerContext;

public sealed class BallModel : EntityModel<Ball>
{
    public BallModel()
        : base("ball", b => b.Id, BallJson.Default.Ball)
    {
        ByColor = Tag("color", b => b.Color);
        ByWeight = Range("weight", b => b.Weight);
        BySize = Range("size", b => b.Size);
    }

    public TagIndex<Ball, string> ByColor { get; }

    public RangeIndex<Ball, int> ByWeight { get; }

    public RangeIndex<Ball, int?> BySize { get; }
}
