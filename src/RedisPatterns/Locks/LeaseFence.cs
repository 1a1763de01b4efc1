namespace RedisPatterns;

/// <summary>What a write under a lease demands: that the lease is still its owner's.</summary>
/// <param name="Key">The lock, or the set of those who hold a permit.</param>
/// <param name="Owner">The owner.</param>
/// <param name="IsMember">Whether the owner is a member of a sorted set, rather than the beginning of a text.</param>
/// <param name="Lock">The name of the lock.</param>
internal sealed record LeaseFence(StoreKey Key, string Owner, bool IsMember, string Lock)
{
    /// <summary>Stands before an owner who is a member of a sorted set.</summary>
    public const char Member = '+';

    /// <summary>Stands before an owner with whom a text begins.</summary>
    public const char Text = '=';

    /// <summary>The owner as an argument of the script.</summary>
    public StoreValue Argument => (IsMember ? Member : Text) + Owner;
}
