namespace RedisPatterns.Tests.TimeSeries;

/// <summary>Reads samples into a sink as an engine may: in drawn blocks, summaries where they are taken, pages drained at drawn times.</summary>
internal sealed class DrawnRead(Random dice, IReadOnlyList<SeriesSample> samples, TimeRange range, bool descending)
{
    public bool WasStopped { get; private set; }

    public int Taken { get; private set; }

    public int Refused { get; private set; }

    public List<SeriesSample> Read(Func<SampleBuffer, ISampleSink> open)
    {
        var (output, taken) = (new SampleBuffer(), new List<SeriesSample>());
        var sink = open(output);
        foreach (var block in Blocks())
        {
            if (!Offer(sink, block))
            {
                WasStopped = true;
                Assert.False(sink.Add([], []));
                break;
            }

            while (dice.Next(3) == 0 && Drain(sink, output, taken))
            {
            }
        }

        (sink as BucketSink)?.Complete();
        while (Drain(sink, output, taken))
        {
        }

        return taken;
    }

    private bool Offer(ISampleSink sink, SeriesSample[] block)
    {
        if (dice.Next(2) == 0)
        {
            // The whole of it, also where a part lies outside the range.
            if (sink.TryAdd(SeriesSummary.Of(Timestamps(block), Values(block))))
            {
                Assert.All(block, sample => Assert.True(range.Contains(sample.Timestamp)));
                Taken++;
                return true;
            }

            Refused++;
        }

        var inRange = block.Where(sample => range.Contains(sample.Timestamp)).ToArray();
        return sink.Add(Timestamps(inRange), Values(inRange));
    }

    private bool Drain(ISampleSink sink, SampleBuffer output, List<SeriesSample> taken)
    {
        var most = 1 + dice.Next(20);
        if (sink is BucketSink buckets)
        {
            Assert.Equal(buckets.TryDrain(most), output.Count > 0);
            Assert.InRange(output.Count, 0, most);
        }

        var count = output.Count;
        for (var i = 0; i < count; i++)
        {
            taken.Add(output[i]);
        }

        output.Clear();
        return count > 0;
    }

    private List<SeriesSample[]> Blocks()
    {
        var (blocks, longest) = (new List<SeriesSample[]>(), dice.Next(3) == 0 ? 100 : 8);
        for (var at = 0; at < samples.Count; at += blocks[^1].Length)
        {
            blocks.Add([.. samples.Skip(at).Take(1 + dice.Next(longest))]);
        }

        if (descending)
        {
            blocks.Reverse();
        }

        return blocks;
    }

    private static long[] Timestamps(SeriesSample[] block) => [.. block.Select(sample => sample.Timestamp)];

    private static double[] Values(SeriesSample[] block) => [.. block.Select(sample => sample.Value)];
}
