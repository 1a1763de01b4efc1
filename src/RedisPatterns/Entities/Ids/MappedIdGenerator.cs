using System.Diagnostics.CodeAnalysis;

namespace RedisPatterns;

/// <summary>Strong-typed ids around those of another generator.</summary>
internal sealed class MappedIdGenerator<TId, TInner>(IdGenerator<TInner> inner, Func<TInner, TId> fromInner) : IdGenerator<TId>
{
    public override bool TryNext(IdGeneration context, [MaybeNullWhen(false)] out TId id)
    {
        if (inner.TryNext(context, out var value))
        {
            id = fromInner(value);
            return true;
        }

        id = default;
        return false;
    }

    public override async ValueTask<TId> NextAsync(IdGeneration context, CancellationToken cancellationToken = default) =>
        fromInner(await inner.NextAsync(context, cancellationToken).ConfigureAwait(false));
}
