namespace RedisPatterns.Testing.Tests.Conformance;

/// <summary>A store that the suites run on.</summary>
public interface IBackend
{
    static abstract string Name { get; }

    /// <summary>
    /// Where the server behind the store is known to behave differently: "Suite.Test" or "Suite.Test/Mode", with the reason.
    /// Such a test must fail, and is then counted as skipped.
    /// </summary>
    static virtual IReadOnlyDictionary<string, string> KnownDifferences => new Dictionary<string, string>();

    /// <summary>Tests that are not run, since what the server does then spoils others: "Suite.Test", with the reason. Counted as skipped.</summary>
    static virtual IReadOnlyDictionary<string, string> NotRun => new Dictionary<string, string>();

    static abstract ValueTask<StoreLease> RentAsync(Servers servers);
}
