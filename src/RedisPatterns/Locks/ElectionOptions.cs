namespace RedisPatterns;

/// <summary>How a <see cref="KeyspaceElection"/> works.</summary>
public sealed class ElectionOptions
{
    internal static ElectionOptions Default { get; } = new();

    /// <summary>How long a term lasts without a renewal, how long those who stand rest before they ask again, and the clock; the defaults of <see cref="LockOptions"/> unless set.</summary>
    /// <remarks>So long there is no leader after one has died. Where <see cref="LockOptions.Renews"/> is false, a term ends after its lifetime, and all may stand again.</remarks>
    public LockOptions Term { get; init; } = LockOptions.Default;

    /// <summary>Told of each failure of the store while it stands for election; null for nobody. It goes on after a rest.</summary>
    /// <remarks>What it throws ends the run.</remarks>
    public Action<StoreException>? Failed { get; init; }
}
