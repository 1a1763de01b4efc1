using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Wants a lock that one has at a time.</summary>
/// <param name="store">The store.</param>
/// <param name="key">The lock.</param>
/// <param name="owner">Who asks.</param>
/// <param name="name">The name of the lock.</param>
/// <param name="resource">What is locked.</param>
/// <param name="options">How the lease is taken and kept.</param>
/// <param name="label">What others are told of the owner; empty for nothing.</param>
internal class LockClaim(IKeyValueStore store, StoreKey key, string owner, string name, string resource, LockOptions options, string label = "")
    : LeaseClaim(store, key, owner, name, resource, options)
{
    public override bool IsQueued => Options.IsFair;

    public override BatchCondition Condition => BatchCondition.SameReply(Strings.GetRange(Key, 0, LockValue.OwnerLength - 1), StoreReply.FromValue(Owner));

    public override LeaseFence Fence => new(Key, Owner, IsMember: false, Name);

    private string Told => label.Length == 0 ? "" : ";" + label;

    private StoreKey[] Keys => IsQueued ? [Key, KeyGrammar.LockQueue(Key.ToString()), KeyGrammar.LockWaits(Key.ToString())] : [Key];

    public override ScriptCall<LockReply> Ask(bool waits) => IsQueued
        ? LockScripts.AcquireFairly.With(Keys, Owner, Lifetime, KeptFor, Told, waits ? LockScripts.Waits : "", Patience)
        : LockScripts.Acquire.With(Keys, Owner, Lifetime, KeptFor, Told);

    public override ScriptCall<bool> Renew() => LockScripts.Renew.With([Key], Owner, Lifetime, KeptFor, Told);

    public override ScriptCall<bool> GiveBack() => (IsQueued ? LockScripts.ReleaseFairly : LockScripts.Release).With(Keys, Owner);
}
