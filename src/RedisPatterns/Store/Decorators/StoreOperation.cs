using System.Diagnostics;

namespace RedisPatterns;

/// <summary>One observed call: its span, and its measurements when it ends.</summary>
internal sealed class StoreOperation
{
    private readonly TimeProvider _time;
    private readonly string _name;
    private readonly int _batchSize;
    private readonly string? _script;
    private readonly Activity? _activity;
    private readonly long _start;

    public StoreOperation(TimeProvider time, string name, int batchSize = 1, string? script = null)
    {
        _time = time;
        _name = name;
        _batchSize = batchSize;
        _script = script;
        if (StoreInstruments.Source.HasListeners())
        {
            _activity = StoreInstruments.Source.StartActivity(
                ActivityKind.Client, default(ActivityContext), SpanTags(), links: null, time.GetUtcNow(), script is null ? name : $"{name} {script}");
        }

        _start = time.GetTimestamp();
    }

    public string? CommitStatus { get; set; }

    public void End(Exception? error, bool isRoundTrip = true)
    {
        var elapsed = _time.GetElapsedTime(_start);
        var tags = new TagList
        {
            { StoreInstruments.SystemName, "redis" },
            { StoreInstruments.OperationName, _name },
        };
        if (isRoundTrip)
        {
            StoreInstruments.RoundTrips.Add(1, tags);
        }

        if (error is not null)
        {
            tags.Add(StoreInstruments.ErrorType, error.GetType().FullName);
        }

        if (CommitStatus is not null)
        {
            tags.Add(StoreInstruments.CommitStatus, CommitStatus);
        }

        StoreInstruments.Duration.Record(elapsed.TotalSeconds, tags);
        EndSpan(error);
    }

    public void CountBytes(long bytes) => StoreInstruments.SentBytes.Add(
        bytes, new TagList { { StoreInstruments.SystemName, "redis" }, { StoreInstruments.OperationName, _name } });

    public static void CountFailure(PendingReply reply) => StoreInstruments.FailedCommands.Add(
        1,
        new TagList
        {
            { StoreInstruments.SystemName, "redis" },
            { StoreInstruments.OperationName, reply.Command.Definition.Name },
            { StoreInstruments.ErrorType, reply.Error!.GetType().FullName },
        });

    private IEnumerable<KeyValuePair<string, object?>> SpanTags()
    {
        yield return new(StoreInstruments.SystemName, "redis");
        yield return new(StoreInstruments.OperationName, _name);
        if (_batchSize > 1)
        {
            yield return new(StoreInstruments.BatchSize, _batchSize);
        }

        if (_script is not null)
        {
            yield return new(StoreInstruments.StoredProcedureName, _script);
        }
    }

    private void EndSpan(Exception? error)
    {
        if (_activity is null)
        {
            return;
        }

        if (CommitStatus is not null)
        {
            _activity.SetTag(StoreInstruments.CommitStatus, CommitStatus);
        }

        if (error is not null)
        {
            _activity.SetTag(StoreInstruments.ErrorType, error.GetType().FullName);
            _activity.SetStatus(ActivityStatusCode.Error, (error as StoreException)?.Message);
        }

        _activity.SetEndTime(_time.GetUtcNow().UtcDateTime);
        _activity.Dispose();
    }
}
