namespace RedisPatterns;

/// <summary>The generators of ids.</summary>
public static class IdGenerators
{
    /// <summary>The greatest block of a <see cref="Sequence"/>: 1,000,000.</summary>
    public const int MaximumBlockSize = 1_000_000;

    /// <summary>ULIDs, each greater than the one before. Without the store.</summary>
    /// <param name="generator">Makes them; one of its own unless given.</param>
    public static IdGenerator<Ulid> Ulid(UlidGenerator? generator = null) => new LocalIdGenerator<Ulid>((generator ?? new UlidGenerator()).Next);

    /// <summary>The texts of ULIDs, each greater than the one before by ordinal comparison. Without the store.</summary>
    /// <param name="generator">Makes them; one of its own unless given.</param>
    public static IdGenerator<string> UlidText(UlidGenerator? generator = null)
    {
        var ulids = generator ?? new UlidGenerator();
        return new LocalIdGenerator<string>(() => ulids.Next().ToString());
    }

    /// <summary>Guids of version 7 (RFC 9562): milliseconds since 1970 and 74 random bits. Without the store.</summary>
    /// <remarks>Those of one millisecond are in no order; use <see cref="Ulid"/> where the order matters.</remarks>
    /// <param name="timeProvider">The clock; <see cref="TimeProvider.System"/> unless given.</param>
    public static IdGenerator<Guid> GuidVersion7(TimeProvider? timeProvider = null)
    {
        var clock = timeProvider ?? TimeProvider.System;
        return new LocalIdGenerator<Guid>(() => Guid.CreateVersion7(clock.GetUtcNow()));
    }

    /// <summary>Numbers from 1 on, counted by the store at <c>{shop}:seq:user</c>: no two processes get the same.</summary>
    /// <remarks>
    /// Takes <paramref name="blockSize"/> numbers at once, in one INCRBY, and gives them out one by one: one round trip for
    /// each <paramref name="blockSize"/> ids. Numbers are unique, not without gaps: those that a process has taken and not
    /// used when it stops are never used, nor are those of a call that was cancelled or timed out after it was sent. With
    /// more than one process and blocks of more than 1, a greater number is not always a later one. The end is at 2^63 - 1,
    /// or up to a block before it: then <see cref="NumberOverflowException"/>. Deleting the key begins again at 1.
    /// </remarks>
    /// <param name="blockSize">How many numbers are taken at once; 1 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size of a block is out of its range.</exception>
    public static IdGenerator<long> Sequence(int blockSize = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blockSize, MaximumBlockSize);
        return new SequenceIdGenerator(blockSize);
    }

    /// <summary>Ids from a delegate that needs no store.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="next">Gives a new id; called by several threads at once.</param>
    public static IdGenerator<TId> Create<TId>(Func<TId> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new LocalIdGenerator<TId>(next);
    }

    /// <summary>Strong-typed ids around those of another generator.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="TInner">The type of the inner values.</typeparam>
    /// <param name="inner">Gives the inner values.</param>
    /// <param name="fromInner">Gives the id of an inner value.</param>
    public static IdGenerator<TId> Create<TId, TInner>(IdGenerator<TInner> inner, Func<TInner, TId> fromInner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(fromInner);
        return new MappedIdGenerator<TId, TInner>(inner, fromInner);
    }
}
