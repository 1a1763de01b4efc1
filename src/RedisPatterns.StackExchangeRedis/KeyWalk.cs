using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis;

/// <summary>A walk through the keys of one node. A page whose connection breaks is asked for once more: a walk of hours outlives that, and nothing is written.</summary>
internal sealed class KeyWalk(IServer server, int database, string pattern, int pageSize) : IAsyncDisposable
{
    private IAsyncEnumerator<RedisKey>? _keys;
    private long? _failed;

    public RedisKey Current => _keys!.Current;

    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        _keys ??= Begin(0, cancellationToken);
        try
        {
            return await _keys.MoveNextAsync().ConfigureAwait(false);
        }
        catch (RedisConnectionException) when (_keys is IScanningCursor { Cursor: var cursor } && cursor != _failed)
        {
            // The page that was being read is read again from its beginning: its keys may come twice, none is left out.
            await _keys.DisposeAsync().ConfigureAwait(false);
            _failed = cursor;
            _keys = Begin(cursor, cancellationToken);
            return await _keys.MoveNextAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _keys?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IAsyncEnumerator<RedisKey> Begin(long cursor, CancellationToken cancellationToken) =>
        server.KeysAsync(database, pattern, pageSize, cursor).GetAsyncEnumerator(cancellationToken);
}
