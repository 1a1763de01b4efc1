namespace RedisPatterns.Testing;

/// <summary>What every store promises about drawn writes, queries, pages and ends of entities with every kind of index: the outcomes and answers of a plain list.</summary>
public sealed class ModelConformance : ConformanceSuite
{
    private const int Sequences = 4;
    private const int Steps = 60;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Documents_answer_as_a_list_does, StoreFeatures.Scripts),
        new(Hashes_answer_as_a_list_does, StoreFeatures.Scripts),
        new(Attributes_answer_as_a_list_does, StoreFeatures.Scripts),
        new(Chunks_answer_as_a_list_does, StoreFeatures.Scripts),
        new(Entities_in_partitions_answer_as_a_list_does, StoreFeatures.Scripts),
    ];

    private static Task Documents_answer_as_a_list_does(ConformanceContext c) => RunAsync(c, 0);

    private static Task Hashes_answer_as_a_list_does(ConformanceContext c) => RunAsync(c, 1);

    private static Task Attributes_answer_as_a_list_does(ConformanceContext c) => RunAsync(c, 2);

    private static Task Chunks_answer_as_a_list_does(ConformanceContext c) => RunAsync(c, 3);

    private static Task Entities_in_partitions_answer_as_a_list_does(ConformanceContext c) => RunAsync(c, 0, ConformanceLayouts.Partitions);

    private static async Task RunAsync(ConformanceContext c, int layout, int partitions = 1)
    {
        var runner = new FuzzRunner(() => new(new StoreLease(c.Store, c.Clock)), c.Tag, c.CancellationToken, partitions);
        for (var i = 0; i < Sequences; i++)
        {
            if (await runner.RunAsync(layout + (FuzzGenerator.Layouts.Count * i), Steps).ConfigureAwait(false) is { } failure)
            {
                throw new ConformanceFailedException(failure);
            }
        }
    }
}
