using System.Globalization;

namespace RedisPatterns;

/// <summary>Wants one of several permits, or all of them.</summary>
/// <param name="store">The store.</param>
/// <param name="key">The set of those who hold a permit.</param>
/// <param name="owner">Who asks.</param>
/// <param name="name">The name of the semaphore or lock.</param>
/// <param name="resource">What is locked.</param>
/// <param name="options">How the lease is taken and kept.</param>
/// <param name="limit">How many hold a permit at most; 0 for one who wants to be alone.</param>
/// <param name="isQueued">Whether those who wait are served in the order in which they came.</param>
internal sealed class PermitClaim(IKeyValueStore store, StoreKey key, string owner, string name, string resource, LockOptions options, long limit, bool isQueued)
    : LeaseClaim(store, key, (limit == 0 ? PermitScripts.Alone : PermitScripts.Shared) + owner, name, resource, options)
{
    public override bool IsQueued => isQueued;

    public override BatchCondition Condition => BatchCondition.SortedSetContains(Key, Owner);

    public override LeaseFence Fence => new(Key, Owner, IsMember: true, Name);

    private StoreKey[] Keys
    {
        get
        {
            var holders = Key.ToString();
            return [Key, KeyGrammar.PermitState(holders), KeyGrammar.PermitQueue(holders, "shared"), KeyGrammar.PermitQueue(holders, "alone")];
        }
    }

    public override ScriptCall<LockReply> Ask(bool waits)
    {
        var manner = !isQueued ? PermitScripts.OutOfTurn : waits ? PermitScripts.Waits : PermitScripts.InTurn;
        return limit == 0
            ? PermitScripts.AcquireAlone.With(Keys, Owner, Lifetime, KeptFor, manner, Patience)
            : PermitScripts.AcquireShared.With(Keys, Owner, Lifetime, KeptFor, manner, Patience, limit.ToString(CultureInfo.InvariantCulture));
    }

    public override ScriptCall<bool> Renew() => PermitScripts.Renew.With([Key, KeyGrammar.PermitState(Key.ToString())], Owner, Lifetime, KeptFor);

    public override ScriptCall<bool> GiveBack() => PermitScripts.Release.With(Keys, Owner);
}
