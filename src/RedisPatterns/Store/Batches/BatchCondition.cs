namespace RedisPatterns;

/// <summary>What must hold for an <see cref="AtomicBatch"/> to be committed.</summary>
/// <remarks>
/// A condition that meets a key of another type than it looks at refuses the batch, with <see cref="WrongTypeException"/> as the
/// <see cref="CommitResult.Error"/>.
/// A key, field or member that does not exist equals no value and has no score; as a number it is 0, as a cardinality 0.
/// </remarks>
public sealed class BatchCondition
{
    private BatchCondition(StoreCommand read, StoreKey key, ReplyFingerprint reply)
        : this(ConditionKind.SameReply, key, reply.Doubles, reply.Text) => Read = read;

    private BatchCondition(ConditionKind kind, StoreKey key, StoreValue subject = default, StoreValue operand = default, Comparison comparison = default, DataType type = default)
    {
        if (key.IsNull)
        {
            throw new ArgumentException("The key has no name.", nameof(key));
        }

        Kind = kind;
        Key = key;
        Subject = subject;
        Operand = operand;
        Comparison = comparison;
        Type = type;
    }

    /// <summary>What is looked at.</summary>
    public ConditionKind Kind { get; }

    /// <summary>The key; the first one of a read of several.</summary>
    public StoreKey Key { get; }

    /// <summary>Every key that is looked at.</summary>
    public IEnumerable<StoreKey> Keys => Read?.Keys ?? [Key];

    /// <summary>The read of <see cref="ConditionKind.SameReply"/>, else null.</summary>
    public StoreCommand? Read { get; }

    /// <summary>The field or member, where the condition is about one; for a read <see cref="ReplyFingerprint.Doubles"/>.</summary>
    public StoreValue Subject { get; }

    /// <summary>The value or number to compare with, where there is one; for a read <see cref="ReplyFingerprint.Text"/>.</summary>
    public StoreValue Operand { get; }

    /// <summary>How to compare, where there is a choice.</summary>
    public Comparison Comparison { get; }

    /// <summary>The type of <see cref="ConditionKind.KeyType"/>, and that whose elements <see cref="ConditionKind.Cardinality"/> counts.</summary>
    public DataType Type { get; }

    /// <summary>The key exists.</summary>
    /// <param name="key">The key.</param>
    public static BatchCondition Exists(StoreKey key) => new(ConditionKind.KeyExists, key);

    /// <summary>The key does not exist.</summary>
    /// <param name="key">The key.</param>
    public static BatchCondition Absent(StoreKey key) => new(ConditionKind.KeyAbsent, key);

    /// <summary>The key holds a type; <see cref="DataType.None"/> means that it does not exist.</summary>
    /// <param name="key">The key.</param>
    /// <param name="type">The type.</param>
    public static BatchCondition HasType(StoreKey key, DataType type) => new(ConditionKind.KeyType, key, type: type);

    /// <summary>The string at the key equals a value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public static BatchCondition StringEquals(StoreKey key, StoreValue value) => new(ConditionKind.StringEquals, key, operand: NotNull(value));

    /// <summary>The string at the key is a number of at least so much. Whole numbers compare exactly, others as doubles.</summary>
    /// <param name="key">The key.</param>
    /// <param name="minimum">The least number that will do.</param>
    public static BatchCondition NumberAtLeast(StoreKey key, long minimum) => new(ConditionKind.Number, key, operand: minimum, comparison: Comparison.GreaterOrEqual);

    /// <summary>The string at the key is a number of at most so much. Whole numbers compare exactly, others as doubles.</summary>
    /// <param name="key">The key.</param>
    /// <param name="maximum">The greatest number that will do.</param>
    public static BatchCondition NumberAtMost(StoreKey key, long maximum) => new(ConditionKind.Number, key, operand: maximum, comparison: Comparison.LessOrEqual);

    /// <summary>The hash has the field with the value.</summary>
    /// <param name="key">The key of the hash.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    public static BatchCondition HashFieldEquals(StoreKey key, StoreValue field, StoreValue value) => new(ConditionKind.HashFieldEquals, key, NotNull(field), NotNull(value));

    /// <summary>The hash has the field.</summary>
    /// <param name="key">The key of the hash.</param>
    /// <param name="field">The field.</param>
    public static BatchCondition HashFieldExists(StoreKey key, StoreValue field) => new(ConditionKind.HashFieldExists, key, NotNull(field));

    /// <summary>The hash has not the field, or does not exist.</summary>
    /// <param name="key">The key of the hash.</param>
    /// <param name="field">The field.</param>
    public static BatchCondition HashFieldAbsent(StoreKey key, StoreValue field) => new(ConditionKind.HashFieldAbsent, key, NotNull(field));

    /// <summary>The set has the member.</summary>
    /// <param name="key">The key of the set.</param>
    /// <param name="member">The member.</param>
    public static BatchCondition SetContains(StoreKey key, StoreValue member) => new(ConditionKind.SetContains, key, NotNull(member));

    /// <summary>The set has not the member, or does not exist.</summary>
    /// <param name="key">The key of the set.</param>
    /// <param name="member">The member.</param>
    public static BatchCondition SetLacks(StoreKey key, StoreValue member) => new(ConditionKind.SetLacks, key, NotNull(member));

    /// <summary>The sorted set has the member.</summary>
    /// <param name="key">The key of the sorted set.</param>
    /// <param name="member">The member.</param>
    public static BatchCondition SortedSetContains(StoreKey key, StoreValue member) => new(ConditionKind.SortedSetContains, key, NotNull(member));

    /// <summary>The sorted set has not the member, or does not exist.</summary>
    /// <param name="key">The key of the sorted set.</param>
    /// <param name="member">The member.</param>
    public static BatchCondition SortedSetLacks(StoreKey key, StoreValue member) => new(ConditionKind.SortedSetLacks, key, NotNull(member));

    /// <summary>The member has a score that compares with a number; a member without a score never does.</summary>
    /// <param name="key">The key of the sorted set.</param>
    /// <param name="member">The member.</param>
    /// <param name="comparison">How the score is compared with the number.</param>
    /// <param name="score">The number; not NaN.</param>
    public static BatchCondition Score(StoreKey key, StoreValue member, Comparison comparison, double score) => double.IsNaN(score)
        ? throw new ArgumentException("A score can not be compared with NaN.", nameof(score))
        : new(ConditionKind.Score, key, NotNull(member), score, comparison);

    /// <summary>The number of elements compares with a number: list items, members, fields, stream entries, or bytes of a string.</summary>
    /// <param name="key">The key.</param>
    /// <param name="type">The type whose elements are counted.</param>
    /// <param name="comparison">How the count is compared with the number.</param>
    /// <param name="count">The number.</param>
    public static BatchCondition Cardinality(StoreKey key, DataType type, Comparison comparison, long count) => type is DataType.None or DataType.Other
        ? throw new ArgumentException("Name the type whose elements are counted.", nameof(type))
        : new(ConditionKind.Cardinality, key, operand: count, comparison: comparison, type: type);

    /// <summary>A read gives the reply that it gave before. What an optimistic transaction holds its reads by.</summary>
    /// <param name="read">The read, of at least one key. Sets and hashes are compared in the order in which they come.</param>
    /// <param name="reply">What it gave.</param>
    /// <exception cref="ArgumentException">
    /// The command writes, can not be part of a batch, answers with names of keys, or with what changes by itself; or the reply
    /// is an error, or holds an integer of more than 53 bits.
    /// </exception>
    public static BatchCondition SameReply(StoreCommand read, StoreReply reply)
    {
        ArgumentNullException.ThrowIfNull(read);
        ThrowIfNotARead(read);
        return new(read, read.Keys.First(), ReplyFingerprint.Of(reply));
    }

    /// <summary>The same condition on another key.</summary>
    /// <param name="map">Gives the new key.</param>
    public BatchCondition WithKey(Func<StoreKey, StoreKey> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Read is null
            ? new(Kind, map(Key), Subject, Operand, Comparison, Type)
            : new(Read.WithKeys(map), map(Key), new ReplyFingerprint(Operand, Subject));
    }

    /// <summary>What is looked at and the key; no values.</summary>
    public override string ToString() => Read is null ? $"{Kind} {Key}" : $"{Kind} {Read}";

    /// <summary>Refuses what can not be held by its reply.</summary>
    internal static void ThrowIfNotARead(StoreCommand read)
    {
        const CommandTraits Unfit = CommandTraits.Write | CommandTraits.NotInBatch | CommandTraits.Keyless | CommandTraits.RepliesWithKeys | CommandTraits.Unrepeatable;
        if ((read.Definition.Traits & Unfit) != 0)
        {
            throw new ArgumentException($"{read.Definition.Name} can not be read in a transaction: it writes, or its reply does not depend on the data of its keys alone.", nameof(read));
        }
    }

    private static StoreValue NotNull(StoreValue value) =>
        value.IsNull ? throw new ArgumentException("A condition compares with a value, not with null.", nameof(value)) : value;
}
