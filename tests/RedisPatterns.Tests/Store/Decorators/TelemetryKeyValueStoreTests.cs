using System.Diagnostics;
using System.Diagnostics.Metrics;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Store.Decorators;

// Listeners hear the whole process, so every test looks at calls of its own name or on its own clock.
[Collection(nameof(TelemetryKeyValueStoreTests))]
[CollectionDefinition(nameof(TelemetryKeyValueStoreTests), DisableParallelization = true)]
public sealed class TelemetryKeyValueStoreTests : IAsyncDisposable
{
    private readonly List<Activity> _spans = [];
    private readonly List<(string Instrument, double Value, Dictionary<string, object?> Tags)> _measurements = [];
    private readonly ActivityListener _spanListener;
    private readonly MeterListener _meterListener = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly TelemetryKeyValueStore _store;

    public TelemetryKeyValueStoreTests()
    {
        _store = new TelemetryKeyValueStore(
            new ChaosStore(
                new InMemoryKeyValueStore(_clock),
                new ChaosOptions { Rules = [new ChaosRule { Fault = ChaosFault.AfterEffect, AtCall = 1, Operations = ChaosOperations.Reads }] }),
            _clock);
        _spanListener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryKeyValueStore.InstrumentationName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (Year(span) == 2026) _spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(_spanListener);
        _meterListener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TelemetryKeyValueStore.InstrumentationName) listener.EnableMeasurementEvents(instrument);
        };
        _meterListener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meterListener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meterListener.Start();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_a_span_and_a_duration_without_keys_and_values()
    {
        await _store.SendAsync(Strings.Set("secret-key", "secret-value"), Cancellation);
        var span = Assert.Single(_spans);
        Assert.Equal("SET", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(["db.operation.name=SET", "db.system.name=redis"], span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order());
        Assert.DoesNotContain(_measurements.SelectMany(m => m.Tags.Values), value => $"{value}".Contains("secret", StringComparison.Ordinal));
        Assert.Equal(["db.client.operation.duration", "redispatterns.round_trips", "redispatterns.sent"], _measurements.Select(m => m.Instrument).Order());
        Assert.Equal("SET".Length + "secret-key".Length + "secret-value".Length, Measured("redispatterns.sent"));
        Assert.Equal(1, Measured("redispatterns.round_trips"));
    }

    [Fact]
    public async Task A_failure_is_told_by_its_type()
    {
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await _store.SendAsync(Strings.Get("k"), Cancellation));
        var span = Assert.Single(_spans);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("RedisPatterns.StoreTimeoutException", span.GetTagItem("error.type"));
        Assert.Equal("RedisPatterns.StoreTimeoutException", Tags("db.client.operation.duration")["error.type"]);
    }

    [Fact]
    public async Task A_pipeline_tells_its_size_and_what_failed_in_it()
    {
        var pipeline = new StorePipeline();
        pipeline.Add(Strings.Set("k", "v"));
        pipeline.Add(Sets.Add("k", "m"));
        await _store.SendAsync(pipeline, Cancellation);
        var span = Assert.Single(_spans);
        Assert.Equal("PIPELINE", span.DisplayName);
        Assert.Equal(2, span.GetTagItem("db.operation.batch.size"));
        Assert.Equal("SADD", Tags("redispatterns.pipeline.failures")["db.operation.name"]);
        Assert.Equal("RedisPatterns.WrongTypeException", Tags("redispatterns.pipeline.failures")["error.type"]);
    }

    [Fact]
    public async Task A_pipeline_of_one_command_many_times_has_its_name()
    {
        var pipeline = new StorePipeline();
        for (var i = 0; i < 3; i++) pipeline.Add(Strings.Increment("n"));
        await _store.SendAsync(pipeline, Cancellation);
        Assert.Equal("PIPELINE INCRBY", Assert.Single(_spans).DisplayName);
        Assert.Equal(1, Measured("redispatterns.round_trips"));
    }

    [Fact]
    public async Task A_batch_tells_how_it_ended()
    {
        var batch = new AtomicBatch().When(BatchCondition.Exists("none"));
        batch.Add(Strings.Set("k", "v"));
        batch.Add(Sets.Add("s", "m"));
        await Assert.ThrowsAsync<CrossSlotException>(async () => await _store.CommitAsync(batch, Cancellation));
        var refused = new AtomicBatch().When(BatchCondition.Exists("none"));
        await _store.CommitAsync(refused, Cancellation);
        Assert.Equal(["MULTI", "MULTI"], _spans.Select(span => span.DisplayName));
        Assert.Equal("RedisPatterns.CrossSlotException", _spans[0].GetTagItem("error.type"));
        Assert.Equal("condition_failed", _spans[1].GetTagItem("redispatterns.commit.status"));
    }

    [Fact]
    public async Task A_script_is_named()
    {
        var script = new AtomicScript<long>("transfer", "return 1", Replies.Int64, _ => StoreReply.Integer(1));
        await _store.EvaluateAsync(script.With(["k"], "secret"), Cancellation);
        var span = Assert.Single(_spans);
        Assert.Equal("EVALSHA transfer", span.DisplayName);
        Assert.Equal("transfer", span.GetTagItem("db.stored_procedure.name"));
    }

    [Fact]
    public async Task A_function_is_named_as_such_where_the_server_has_functions()
    {
        var library = new OneFunction();
        await _store.EvaluateAsync(library.Transfer.With(["k"]), Cancellation);
        await using var store = new TelemetryKeyValueStore(new WithFunctions(new InMemoryKeyValueStore(_clock)), _clock);
        await store.EvaluateAsync(library.Transfer.With(["k"]), Cancellation);
        await store.SendToPrimariesAsync(Functions.List(), cancellationToken: Cancellation);
        Assert.Equal(["EVALSHA bank_transfer", "FCALL bank_transfer", "FUNCTION LIST"], _spans.Select(span => span.DisplayName));
        Assert.Equal("RedisPatterns.UnsupportedCommandException", _spans[2].GetTagItem("error.type"));
    }

    [Fact]
    public async Task A_walk_and_a_subscription_are_seen()
    {
        await foreach (var _ in _store.ScanKeysAsync(cancellationToken: Cancellation))
        {
        }

        await using var subscription = await _store.SubscribeAsync("channel", Cancellation);
        Assert.Equal(["SCAN", "SUBSCRIBE"], _spans.Select(span => span.DisplayName));
        Assert.Equal(1, _measurements.Count(m => m.Instrument == "redispatterns.round_trips"));
    }

    [Fact]
    public async Task Durations_are_taken_from_the_given_clock()
    {
        var slow = new ChaosStore(
            new InMemoryKeyValueStore(_clock),
            new ChaosOptions { Rules = [new ChaosRule { Fault = ChaosFault.Delay, Probability = 1, Delay = TimeSpan.FromSeconds(2.5) }] },
            _clock);
        await using var store = new TelemetryKeyValueStore(slow, _clock);
        var call = store.SendAsync(Strings.Get("k"), Cancellation).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(2.5));
        await call;
        Assert.Equal(2.5, Measured("db.client.operation.duration"));
        Assert.Equal(TimeSpan.FromSeconds(2.5), Assert.Single(_spans).Duration);
    }

    public async ValueTask DisposeAsync()
    {
        _spanListener.Dispose();
        _meterListener.Dispose();
        await _store.DisposeAsync();
    }

    private static int Year(Activity span) => span.StartTimeUtc is { Year: 2026, Month: 1, Day: 1, Hour: 0 } ? 2026 : 0;

    private double Measured(string instrument) => _measurements.Where(m => m.Instrument == instrument).Sum(m => m.Value);

    private Dictionary<string, object?> Tags(string instrument) => Assert.Single(_measurements, m => m.Instrument == instrument).Tags;

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_measurements) _measurements.Add((instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
    }

    private sealed class OneFunction : FunctionLibrary
    {
        public OneFunction()
            : base("bank", version: 1) =>
            Transfer = Function("transfer", new AtomicScript<long>("transfer", "return 1", Replies.Int64, _ => StoreReply.Integer(1)));

        public AtomicScript<long> Transfer { get; }
    }

    private sealed class WithFunctions(IKeyValueStore inner) : DelegatingKeyValueStore(inner)
    {
        public override StoreCapabilities Capabilities => base.Capabilities with { Features = base.Capabilities.Features | StoreFeatures.Functions };
    }
}
