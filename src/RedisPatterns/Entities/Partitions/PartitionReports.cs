namespace RedisPatterns;

/// <summary>Joins what is told of each partition.</summary>
internal static class PartitionReports
{
    public static MigrationReport Join(IReadOnlyList<MigrationReport> reports, MigrationOptions options) => new(
        reports.Sum(report => report.Read),
        reports.Sum(report => report.Upgraded),
        reports.Sum(report => report.Failed),
        [.. reports.SelectMany(report => report.Failures).Take(options.MaximumFailures)],
        reports.Any(report => report.WasResumed));

    public static IndexBuildReport Join(IReadOnlyList<IndexBuildReport> reports, IndexBuildOptions options) => new(
        reports.Sum(report => report.Read),
        reports.Sum(report => report.Indexed),
        reports.Sum(report => report.Failed),
        [.. reports.SelectMany(report => report.Failures).Take(options.MaximumReported)],
        [.. reports.SelectMany(report => report.Duplicates).Take(options.MaximumReported)],
        Join([.. reports.Select(report => report.Indexes)]),
        [.. reports.SelectMany(report => report.Dropped).Distinct()],
        reports.Any(report => report.WasResumed));

    public static IReadOnlyList<IndexStatus> Join(IReadOnlyList<IReadOnlyList<IndexStatus>> reports) =>
        [.. reports.SelectMany(states => states).GroupBy(status => (status.Index, status.IsDeclared)).Select(group => group.MinBy(status => Readiness(status.State))!)];

    public static RepairReport Join(IReadOnlyList<RepairReport> reports, VerificationOptions options) => new(
        new DriftReport(
            reports.Sum(report => report.Drift.Entities),
            reports.Sum(report => report.Drift.Entries),
            [.. reports.SelectMany(report => report.Drift.Differences).Take(options.MaximumDifferences)])
        {
            Found = reports.Sum(report => report.Drift.Found),
            Unreadable = reports.Sum(report => report.Drift.Unreadable),
        },
        reports.Sum(report => report.Mended),
        [.. reports.SelectMany(report => report.Left).Distinct().Take(options.MaximumDifferences)]);

    public static RecountReport Join(IReadOnlyList<RecountReport> reports, RecountOptions options) => new(
        reports.Sum(report => report.Entities),
        reports.Sum(report => report.Groups),
        [.. reports.SelectMany(report => report.Differences).Take(options.MaximumDifferences)])
    {
        Found = reports.Sum(report => report.Found),
    };

    /// <summary>Whoever is told of what can not be read expects to be told of one at a time.</summary>
    public static Action<UnreadableEntity>? OneAtATime(Action<UnreadableEntity>? unreadable)
    {
        if (unreadable is null)
        {
            return null;
        }

        var gate = new Lock();
        return entity =>
        {
            lock (gate)
            {
                unreadable(entity);
            }
        };
    }

    private static int Readiness(IndexState state) => state switch
    {
        IndexState.Disabled => 0,
        IndexState.Building => 1,
        _ => 2,
    };
}
