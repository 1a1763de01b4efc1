namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>What one run of one variant gave.</summary>
/// <param name="Rate">Operations per second.</param>
/// <param name="Allocated">Bytes allocated per operation, in the whole process.</param>
/// <param name="ServerCpu">Seconds of the server's processor time per 100,000 operations.</param>
/// <param name="ClientCpu">Microseconds of this process's processor time per operation.</param>
/// <param name="ServerCommands">Commands that the server carried out per operation, those that scripts call included.</param>
internal readonly record struct Sample(double Rate, double Allocated, double ServerCpu, double ClientCpu, double ServerCommands)
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
