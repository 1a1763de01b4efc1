namespace RedisPatterns;

/// <summary>One who waits for room in a writer, with what he has left to give.</summary>
internal sealed class RoomWaiter(NamedSample sample, IReadOnlyList<NamedSample>? more, int next)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next = next;

    /// <summary>Ends when all was accepted, or when he gave up or was turned away.</summary>
    public Task Done => _done.Task;

    /// <summary>Whether all was accepted.</summary>
    public bool IsEmpty => _next == (more?.Count ?? 1);

    /// <summary>The next sample.</summary>
    public NamedSample Take()
    {
        var taken = more is null ? sample : more[_next];
        _next++;
        return taken;
    }

    public void Succeed() => _done.TrySetResult();

    public void TurnAway(Exception error) => _done.TrySetException(error);

    public void Cancel(CancellationToken cancellationToken) => _done.TrySetCanceled(cancellationToken);
}
