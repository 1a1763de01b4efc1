using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>Work on many items: bounded in flight, an outcome for each item, in order.</summary>
/// <remarks>
/// Only a <see cref="StoreException"/> is an outcome of an item. Anything else, such as bad input or cancellation, stops the
/// work: nothing more is started, what is in flight is waited for, and then it is thrown. A write that was sent by then may
/// have been applied. Writes are started one after another by one caller; they overlap while they wait for the store.
/// </remarks>
internal static class BulkRunner
{
    public static ValueTask<BulkReport<TResult>> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        Func<TItem, CancellationToken, ValueTask<TResult>> write,
        BulkOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);
        return RunCoreAsync(items, new BulkWindow<TItem, TResult>(write, options ?? BulkOptions.Default, items.Count), cancellationToken);
    }

    /// <remarks>
    /// The source is asked for an item only when there is room in flight and somebody waits for an outcome, and an outcome is
    /// handed over as soon as it is the next one, also while the source makes its consumer wait. Ending the enumeration early
    /// cancels the source, and waits for it and for what is in flight.
    /// </remarks>
    public static IAsyncEnumerable<BulkResult<TResult>> RunAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items,
        Func<TItem, CancellationToken, ValueTask<TResult>> write,
        BulkOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);
        return StreamAsync(items, write, options ?? BulkOptions.Default, cancellationToken);
    }

    private static async ValueTask<BulkReport<TResult>> RunCoreAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, BulkWindow<TItem, TResult> window, CancellationToken cancellationToken)
    {
        var results = new BulkResult<TResult>[items.Count];
        var done = 0;
        try
        {
            for (var i = 0; i < results.Length; i++)
            {
                if (window.IsFull)
                {
                    results[done++] = await window.TakeAsync().ConfigureAwait(false);
                }

                cancellationToken.ThrowIfCancellationRequested();
                window.Start(items[i], cancellationToken);
            }

            while (!window.IsEmpty)
            {
                results[done++] = await window.TakeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await window.DrainAsync().ConfigureAwait(false);
        }

        window.Finish();
        return new BulkReport<TResult>(results, (int)window.Failed);
    }

    private static async IAsyncEnumerable<BulkResult<TResult>> StreamAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items,
        Func<TItem, CancellationToken, ValueTask<TResult>> write,
        BulkOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var window = new BulkWindow<TItem, TResult>(write, options, total: null);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = items.GetAsyncEnumerator(ending.Token);
        await using var closing = source.ConfigureAwait(false);
        var moving = Task.FromResult(false);
        try
        {
            while (true)
            {
                while (window.IsFull || window.IsHeadCompleted)
                {
                    yield return await window.TakeAsync().ConfigureAwait(false);
                }

                cancellationToken.ThrowIfCancellationRequested();
                var move = source.MoveNextAsync();
                bool moved;
                if (move.IsCompleted || window.IsEmpty)
                {
                    moved = await move.ConfigureAwait(false);
                }
                else
                {
                    moving = move.AsTask();
                    while (!window.IsEmpty && !moving.IsCompleted)
                    {
                        await Task.WhenAny(moving, window.Head).ConfigureAwait(false);
                        if (window.IsHeadCompleted)
                        {
                            yield return await window.TakeAsync().ConfigureAwait(false);
                        }
                    }

                    moved = await moving.ConfigureAwait(false);
                }

                if (!moved)
                {
                    break;
                }

                cancellationToken.ThrowIfCancellationRequested();
                window.Start(source.Current, cancellationToken);
            }

            while (!window.IsEmpty)
            {
                yield return await window.TakeAsync().ConfigureAwait(false);
            }

            window.Finish();
        }
        finally
        {
            // A source must not be disposed of while it moves; one that heeds its token stops at once.
            await ending.CancelAsync().ConfigureAwait(false);
            await window.DrainAsync().ConfigureAwait(false);
            await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
