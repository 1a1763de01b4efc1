using System.Globalization;
using System.Text;

namespace RedisPatterns.Testing;

/// <summary>What a <see cref="DifferentialRun"/> has done and found.</summary>
public sealed record DifferentialReport
{
    /// <summary>The seed of the first sequence.</summary>
    public required long Seed { get; init; }

    /// <summary>The sequences that ran without a difference.</summary>
    public required long Sequences { get; init; }

    /// <summary>The commands in them, those of batches included.</summary>
    public required long Commands { get; init; }

    /// <summary>The batches in them.</summary>
    public required long Batches { get; init; }

    /// <summary>The batches that a condition or a command stood against.</summary>
    public required long RefusedBatches { get; init; }

    /// <summary>The batches that were found to be committed before.</summary>
    public required long ReplayedBatches { get; init; }

    /// <summary>The batches that the reference can not carry out, as it says, and that were left out.</summary>
    public required long UnsupportedBatches { get; init; }

    /// <summary>The scripts in them.</summary>
    public required long Scripts { get; init; }

    /// <summary>The commands that failed, on both stores in the same way.</summary>
    public required long Errors { get; init; }

    /// <summary>The commands by family.</summary>
    public required IReadOnlyDictionary<CommandFamily, long> CommandsByFamily { get; init; }

    /// <summary>The commands by name.</summary>
    public required IReadOnlyDictionary<string, long> CommandsByName { get; init; }

    /// <summary>The commands that were not generated, because one of the stores lacks them.</summary>
    public required IReadOnlyList<string> MissingCommands { get; init; }

    /// <summary>What is not compared, or not to the last byte, whatever the stores.</summary>
    public static IReadOnlyList<string> NotCompared { get; } =
    [
        "DBSIZE and RANDOMKEY: they concern the whole server, where others may have keys",
        "SPOP of fewer than all members: what it takes is random",
        "SRANDMEMBER, HRANDFIELD, ZRANDMEMBER: what they answer is random; only its shape and length are compared",
        "XADD with an id of the clock's: compared behind entries of the far future only, where it is determined",
        "XADD and XTRIM with approximate trimming: a server may leave more",
        "ranges by lex where the scores differ: Redis leaves open what they answer",
        "geo commands on scores that are no positions: it depends on the processor what they mean",
        "which of two errors a command of a batch has: XSETID with a wrong id, XREADGROUP of several streams",
        "HyperLogLogs that commands on bytes have damaged: what Redis makes of them is not defined",
        "PFCOUNT in a batch: what it caches in the HyperLogLog may outlive a batch that is refused",
        "integers in the replies of a batch: scripts may answer them as text",
        "GEOSEARCH with a count: only how many; with ANY, not at all",
        "pages of SCAN, HSCAN, SSCAN and ZSCAN: the whole scan is compared",
        "XINFO: the size of the radix tree, and when consumers were last active",
        "stored numbers in hexadecimal, which Redis takes for doubles: not generated",
        "times to live and idle times: within a tolerance",
    ];

    /// <summary>The difference that was found, with the steps that show it, or null.</summary>
    public string? Difference { get; init; }

    /// <summary>The numbers, and the difference if there is one.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Commands:N0} commands in {Sequences:N0} sequences from seed {Seed} without a difference");
        text.Append(CultureInfo.InvariantCulture, $" ({Errors:N0} of them failed alike; {Batches:N0} batches, of which {RefusedBatches:N0} were refused, {ReplayedBatches:N0} replayed and {UnsupportedBatches:N0} left out as unsupported; {Scripts:N0} scripts)\n");
        foreach (var (family, count) in CommandsByFamily.OrderBy(pair => pair.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {family,-13} {count,12:N0}\n");
        }

        if (MissingCommands.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  left out, as a store lacks them: {string.Join(", ", MissingCommands)}\n");
        }

        return text.Append(Difference).ToString();
    }
}
