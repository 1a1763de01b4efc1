using System.Text.Json.Serialization;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Documentation;

// snippet: layouts-model
public sealed record Drawing(string Id, string Title, IReadOnlyList<double> Points);

public sealed class DrawingModel : EntityModel<Drawing>
{
    public DrawingModel()
        : base("drawing", d => d.Id, DrawingJson.Default.Drawing) =>
        StoreAs(EntityLayout.Chunked(partSize: 64 * 1024, grace: TimeSpan.FromMinutes(1)));
}

[JsonSerializable(typeof(Drawing))]
public sealed partial class DrawingJson : JsonSerializerContext;

// end-snippet

/// <summary>The code of the page about layouts, and that it does what it says.</summary>
public sealed class DrawingTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_goes_on_with_the_value_that_it_began_with()
    {
        var drawings = _store.Keyspace("shop").Repository<Drawing, DrawingModel>(new DrawingModel());
        var drawing = new Drawing("d1", "first", [.. Enumerable.Range(0, 100_000).Select(i => i * 0.5)]);
        using var copy = new MemoryStream();
        var cancellationToken = Cancellation;
        await drawings.InsertAsync(drawing, cancellationToken);

        // snippet: layouts-stream
        await using var stream = await drawings.OpenReadAsync("d1", cancellationToken);
        await drawings.UpdateAsync(drawing with { Title = "second" }, cancellationToken);

        // What was there when it was opened, part by part, though it has been replaced meanwhile.
        await stream!.CopyToAsync(copy, cancellationToken);

        // end-snippet
        Assert.True(copy.Length > 5 * 64 * 1024);
        Assert.Equal("first", System.Text.Json.JsonSerializer.Deserialize(copy.ToArray(), DrawingJson.Default.Drawing)!.Title);
        Assert.Equal("second", (await drawings.GetAsync("d1", cancellationToken))!.Title);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
