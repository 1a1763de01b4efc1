using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Numbers counted by the store, taken in blocks.</summary>
internal sealed class SequenceIdGenerator(int blockSize) : IdGenerator<long>
{
    private readonly ConditionalWeakTable<IKeyValueStore, ConcurrentDictionary<(string Tag, string Model), SequenceBlocks>> _blocks = [];

    public override bool TryNext(IdGeneration context, out long id)
    {
        id = 0;
        return blockSize > 1 && BlocksOf(context).TryTake(out id);
    }

    public override ValueTask<long> NextAsync(IdGeneration context, CancellationToken cancellationToken = default) =>
        blockSize == 1 ? TakeAsync(context, 1, cancellationToken) : BlocksOf(context).NextAsync(cancellationToken);

    /// <summary>Takes numbers from the store, and answers the last one of them.</summary>
    public static async ValueTask<long> TakeAsync(IdGeneration context, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context.Keyspace);
        var key = KeyGrammar.Sequence(context.Keyspace.Tag, context.Model);
        try
        {
            return await context.Keyspace.Store.SendAsync(Strings.Increment(key, count), cancellationToken).ConfigureAwait(false);
        }
        catch (NumberOverflowException exception)
        {
            throw new NumberOverflowException($"{context.Model}: the sequence at {key} is exhausted.", exception);
        }
    }

    private SequenceBlocks BlocksOf(IdGeneration context)
    {
        ArgumentNullException.ThrowIfNull(context.Keyspace);
        return _blocks.GetOrAdd(context.Keyspace.Store, static _ => new())
            .GetOrAdd((context.Keyspace.Tag, context.Model), static (_, made) => new SequenceBlocks(made.context, made.blockSize), (context, blockSize));
    }
}
