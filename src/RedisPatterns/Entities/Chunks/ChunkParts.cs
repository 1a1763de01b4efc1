using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The parts of a content in their order, checked, a few of them asked for ahead.</summary>
internal sealed class ChunkParts : IDisposable
{
    private readonly IKeyValueStore _store;
    private readonly ChunkManifest _manifest;
    private readonly string _prefix;
    private readonly int _maximumInFlight;
    private readonly CancellationToken _cancellationToken;
    private readonly ChunkCheck _check;
    private readonly Queue<Task<StoreValue>> _inFlight = new();
    private int _asked;

    /// <param name="store">The store.</param>
    /// <param name="manifest">Which parts.</param>
    /// <param name="entityKey">The key of the manifest.</param>
    /// <param name="maximumInFlight">How many parts are held in memory at most, the one given last included; at least 1.</param>
    /// <param name="cancellationToken">Gives up the reading.</param>
    public ChunkParts(IKeyValueStore store, ChunkManifest manifest, StoreKey entityKey, int maximumInFlight, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumInFlight, 1);
        _store = store;
        _manifest = manifest;
        _prefix = KeyGrammar.PartPrefix(entityKey.ToString(), manifest.Generation);
        _maximumInFlight = maximumInFlight;
        _cancellationToken = cancellationToken;
        _check = new ChunkCheck(manifest);
    }

    public bool IsAtEnd => _check.Passed == _manifest.PartCount;

    /// <summary>The next part; there must be one. An error is final: the next call fails with it again.</summary>
    /// <exception cref="ChunkReadException">The part is missing or is not the one that was written.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        while (_inFlight.Count < _maximumInFlight && _asked < _manifest.PartCount)
        {
            _inFlight.Enqueue(GetAsync(_asked++));
        }

        try
        {
            var bytes = _check.Pass(await _inFlight.Peek().WaitAsync(cancellationToken).ConfigureAwait(false));
            _ = _inFlight.Dequeue();
            return bytes;
        }
        catch (WrongTypeException error)
        {
            throw new ChunkReadException(ChunkReadFailure.Corrupt, $"Part {_check.Passed} of {_manifest.PartCount} of a content is not a string.", error);
        }
    }

    /// <summary>Forgets what is still under way.</summary>
    public void Dispose()
    {
        while (_inFlight.TryDequeue(out var part))
        {
            // Nobody waits for it any longer, so nobody else would look at its error.
            _ = part.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private async Task<StoreValue> GetAsync(int number) =>
        await _store.SendAsync(Strings.Get(KeyGrammar.Part(_prefix, number)), _cancellationToken).ConfigureAwait(false);
}
