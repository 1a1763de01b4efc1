using RedisPatterns;

namespace Telemetry.Engines;

/// <summary>Compresses what was appended to chunks.</summary>
internal static class Sealing
{
    // SEALING: the one place where it is called. Until sets can be sealed, chunks stay as they were appended: 16 bytes a sample.
    public static ValueTask SealAsync(KeyspaceTimeSeries set, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
