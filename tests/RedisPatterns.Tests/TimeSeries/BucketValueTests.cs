namespace RedisPatterns.Tests.TimeSeries;

/// <summary>The value of a bucket has the samples that its records make in the order of their coming, sealed or not.</summary>
public sealed class BucketValueTests
{
    private const long Start = 1_767_225_600_000;
    private const int Length = 14_400_000;
    private static readonly TimeRange Bucket = new(Start, Start + Length);

    public static TheoryData<DuplicatePolicy> Policies => [.. Enum.GetValues<DuplicatePolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void It_reads_as_a_list_of_the_records_does_whenever_it_is_sealed(DuplicatePolicy policy)
    {
        var chunks = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var dice = new Random(seed);
            var (value, records, model) = (Array.Empty<byte>(), Array.Empty<byte>(), new Model(policy));
            var (step, moments) = (dice.Next(3) switch { 0 => 1, 1 => 10_000, _ => dice.Next(1, 5_000) }, dice.Next(1, 400));
            for (var (round, next) = (0, 0); round < 12; round++)
            {
                var samples = dice.Next(2) == 0 ? Ascending(dice, seed, step, moments, ref next) : AnyOrder(dice, seed, step, moments, ref next);
                Array.ForEach(samples, model.Add);
                var parts = BucketValue.WriteParts(samples);
                chunks += ChunkHead.Begins(parts) ? 1 : 0;
                value = [.. value, .. parts];
                records = [.. records, .. BucketValue.WriteRecords(samples)];
                AssertReads(dice, model, value, step * (long)moments);
                Assert.Equal(BucketValue.Seal(records, Bucket, policy), BucketValue.Seal(value, Bucket, policy));
                switch (dice.Next(5))
                {
                    case 0:
                        value = AssertSealed(dice, model, value, step * (long)moments);
                        break;
                    case 1:
                        var range = Range(dice, step * (long)moments);
                        value = AssertRemoved(dice, model, value, range, step * (long)moments);
                        records = BucketValue.Remove(records, Bucket, range, policy).Value;
                        break;
                }
            }
        }

        Assert.True(chunks > 1_000, $"{chunks} chunks");
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_sample_is_removed_by_NaN_and_may_come_again(DuplicatePolicy policy)
    {
        var chunk = BucketValue.Seal(Records((0, 1), (1, 2)), Bucket, policy);
        Assert.Equal([(0, 1.0)], Samples([.. chunk, .. Records((1, double.NaN))], policy));
        Assert.Equal([(0, 1.0), (1, 5.0)], Samples([.. chunk, .. Records((1, double.NaN), (1, 5))], policy));
        Assert.Equal([(0, 1.0)], Samples([.. chunk, .. Records((1, double.NaN), (1, 5), (1, double.NaN), (9, double.NaN))], policy));
        Assert.Empty(BucketValue.Seal([.. chunk, .. Records((1, double.NaN), (0, double.NaN))], Bucket, policy));
        Assert.Null(BucketValue.Latest([.. chunk, .. Records((1, double.NaN), (0, double.NaN))], Bucket, policy));
    }

    [Fact]
    public void What_is_known_of_a_chunk_is_offered_only_where_it_is_all_that_is_wanted()
    {
        var chunk = BucketValue.Seal(Records((10, 1), (20, 2), (30, 6)), Bucket, DuplicatePolicy.Last);
        AssertOffered(1, chunk, Bucket);
        AssertOffered(1, chunk, new(Start + 10, Start + 31));
        AssertOffered(0, chunk, new(Start + 11, Start + 31));
        AssertOffered(0, chunk, new(Start + 10, Start + 30));
        AssertOffered(0, [.. chunk, .. Records((40, 1))], Bucket);
        AssertOffered(1, [.. chunk, .. Records((40, 1))], new(Start, Start + 40));
        AssertOffered(1, [.. Records((5, 1)), .. chunk, .. ChunkOf(40, 20)], new(Start + 10, Start + 40));
        AssertOffered(1, [.. ChunkOf(40, 20), .. chunk, .. ChunkOf(80, 20)], new(Start + 10, Start + 40));
        AssertOffered(0, [.. ChunkOf(40, 20), .. chunk], Bucket);
        AssertOffered(0, [.. chunk, .. ChunkOf(30, 20)], new(Start + 10, Start + 31));
        AssertOffered(0, [.. chunk, .. chunk], Bucket);
        AssertOffered(0, Records((40, 1)), Bucket);
        AssertOffered(0, [], Bucket);
    }

    [Fact]
    public void The_verdict_of_the_sink_is_given()
    {
        var chunk = BucketValue.Seal(Records((10, 1)), Bucket, DuplicatePolicy.Last);
        Assert.True(BucketValue.Read(chunk, Bucket, Bucket, DuplicatePolicy.Last, new Sink()));
        Assert.False(BucketValue.Read(chunk, Bucket, Bucket, DuplicatePolicy.Last, new Sink { Wants = false }));
        Assert.True(BucketValue.Read(chunk, Bucket, Bucket, DuplicatePolicy.Last, new Sink { Wants = false, TakesSummaries = true }));
        Assert.True(BucketValue.Read([], Bucket, Bucket, DuplicatePolicy.Last, new Sink { Wants = false }));
    }

    [Fact]
    public void A_sum_may_be_infinite_or_no_number()
    {
        var records = Records((1, double.MaxValue), (1, double.MaxValue), (2, double.PositiveInfinity), (2, double.NegativeInfinity));
        Assert.Equal([(1, double.PositiveInfinity), (2, double.NaN)], Samples(records, DuplicatePolicy.Sum));
        var sealedValue = BucketValue.Seal(records, Bucket, DuplicatePolicy.Sum);
        Assert.Equal([(1, double.PositiveInfinity), (2, double.NaN)], Samples(sealedValue, DuplicatePolicy.Sum));
        Assert.Equal(sealedValue, BucketValue.Seal(sealedValue, Bucket, DuplicatePolicy.Sum));
    }

    [Fact]
    public void Samples_that_ascend_are_appended_as_a_chunk_where_it_is_shorter()
    {
        var samples = Enumerable.Range(0, 16).Select(static i => new SeriesSample(Start + i, i)).ToArray();
        var chunk = SeriesChunk.Write([.. samples.Select(static sample => sample.Timestamp)], [.. samples.Select(static sample => sample.Value)]);
        Assert.Equal(chunk, BucketValue.WriteParts(samples));
        Assert.Equal(chunk, BucketValue.Seal(chunk, Bucket, DuplicatePolicy.Sum));
        var dice = new Random(1);
        foreach (var others in (SeriesSample[][])
        [
            [], samples[1..], [.. samples, samples[15]], [.. samples, samples[3]], [samples[0], .. samples], [.. samples, new(Start + 16, double.NaN)],
            [.. samples.Select((sample, i) => new SeriesSample(sample.Timestamp + (i * 2_000_000_000L) + dice.Next(1_000_000_000), dice.NextDouble()))],
        ])
        {
            Assert.Equal(BucketValue.WriteRecords(others), BucketValue.WriteParts(others));
        }
    }

    // What the first version wrote must stay readable: a line here may be added, not changed.
    [Fact]
    public void The_bytes_are_those_of_the_first_version()
    {
        const string Chunk = "3c0000002a3201c50280d0eab6b733904ecc213200320000000000a04540000000000000a03f00000000d0650a4151515405904e00cc2132e1952753";
        const string Record = "0da8da769b01000000000000000004c0";
        const string Appended = "3f000000263401c510919eebb6b7330fd2c21eee0500ee0500000000408ce3400000000000403540000000007c53e240f4591afc0100d2c21e32004736da21";
        var records = Records((0, 21.5), (10_000, 21.75));
        Assert.Equal(Chunk, Convert.ToHexStringLower(BucketValue.Seal(records, Bucket, DuplicatePolicy.Last)));
        Assert.Equal(Record, Convert.ToHexStringLower(Records((13, -2.5))));
        Assert.Equal(Appended, Convert.ToHexStringLower(ChunkOf(10_001, 16)));
        Assert.Equal([(0, 21.5), (13, -2.5), (10_000, 21.75)], Samples(Convert.FromHexString(Chunk + Record), DuplicatePolicy.Last));
        var appended = Enumerable.Range(10_001, 16).Select(static place => ((long)place, place / 4.0));
        Assert.Equal([(0, 21.5), (13, -2.5), (10_000, 21.75), .. appended], Samples(Convert.FromHexString(Chunk + Appended + Record), DuplicatePolicy.Last));
    }

    [Fact]
    public void A_record_needs_room_and_a_moment()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => BucketValue.WriteRecord(new byte[15], new(0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(static () => BucketValue.WriteRecord(new byte[16], new(-1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(static () => BucketValue.WriteRecords([new(SeriesTime.Greatest + 1, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => BucketValue.WriteParts([.. Enumerable.Range(0, 20).Select(static i => new SeriesSample(SeriesTime.Greatest - 18 + i, 1))]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => BucketValue.WriteParts([.. Enumerable.Range(0, 20).Select(static i => new SeriesSample(i - 1, 1))]));
    }

    [Fact]
    public void What_lies_outside_the_bucket_is_damage()
    {
        AssertDamaged(Records((-1, 1)));
        AssertDamaged(Records((0, 1), (Length, 1)));
        var beyond = SeriesChunk.Write([Start, Start + Length], [1, 2]);
        var before = SeriesChunk.Write([Start - 1, Start], [1, 2]);
        AssertDamaged(beyond);
        AssertDamaged(before);
        foreach (var first in (byte[][])[Records((5, 1)), ChunkOf(100, 20)])
        {
            AssertDamaged([.. first, .. beyond]);
            AssertDamaged([.. first, .. before]);
            AssertDamaged([.. first, .. first, .. Records((-1, 1)), .. first]);
            AssertDamaged([.. first, .. ChunkOf(200, 20), .. Records((Length, 1))]);
        }
    }

    [Fact]
    public void A_chunk_that_was_appended_has_no_NaN()
    {
        var chunk = SeriesChunk.Write([Start, Start + 1], [1, double.NaN]);
        Assert.Equal([(0, 1.0), (1, double.NaN)], Samples(chunk, DuplicatePolicy.Sum));
        AssertDamaged([.. Records((5, 1)), .. chunk]);
        AssertDamaged([.. chunk, .. chunk]);
    }

    [Fact]
    public void A_bit_of_a_chunk_that_was_turned_and_an_end_that_is_missing_are_told()
    {
        var chunk = BucketValue.Seal(Records([.. Enumerable.Range(0, 200).Select(i => (i * 10_000, i / 10.0))]), Bucket, DuplicatePolicy.Last);
        var value = (byte[])[.. chunk, .. Records((5, 1), (6, 2))];
        for (var bit = 0; bit < 8 * chunk.Length; bit++)
        {
            value[bit >> 3] ^= (byte)(1 << (bit & 7));
            AssertDamaged(value);
            value[bit >> 3] ^= (byte)(1 << (bit & 7));
        }

        AssertEnds(value, chunk.Length, chunk.Length + 16);
        Assert.Equal(200, Samples(value[..^32], DuplicatePolicy.Last).Count);
        Assert.Empty(Samples([], DuplicatePolicy.Last));
    }

    [Fact]
    public void Damage_to_a_bucket_of_many_parts_is_told_or_lies_in_a_record()
    {
        var parts = (byte[][])[Records((5, 1)), ChunkOf(100, 20), Records((300, 2)), Records((400, double.NaN)), ChunkOf(500, 40), ChunkOf(50, 30), Records((6, 2))];
        var (value, ends, at) = (parts.SelectMany(static part => part).ToArray(), new List<int>(), 0);
        foreach (var part in parts)
        {
            for (var place = 0; place < part.Length; place++)
            {
                for (var change = 1; change < 256; change++)
                {
                    value[at + place] ^= (byte)change;
                    if (ChunkHead.Begins(part))
                    {
                        AssertDamaged(value);
                    }
                    else
                    {
                        AssertNothingElse(value);
                    }

                    value[at + place] ^= (byte)change;
                }
            }

            ends.Add(at += part.Length);
        }

        AssertEnds(value, [.. ends]);
        Assert.Equal(93, Samples(value, DuplicatePolicy.Last).Count);
    }

    [Fact]
    public void Garbage_is_read_or_told_and_nothing_else_happens()
    {
        var (told, read) = (0, 0);
        for (var seed = 0; seed < 30_000; seed++)
        {
            var dice = new Random(seed);
            var value = Garbage(dice);
            try
            {
                var samples = Samples(value, (DuplicatePolicy)dice.Next(6));
                Assert.All(samples, static sample => Assert.InRange(sample.Place, 0, Length - 1));
                read++;
            }
            catch (CorruptSeriesException)
            {
                told++;
            }

            AssertNothingElse(value);
        }

        Assert.True(told > 1_000 && read > 1_000, $"{told} told, {read} read");
    }

    [Fact]
    public void A_read_allocates_nothing()
    {
        var samples = Enumerable.Range(0, 1_440).Select(i => (i * 10_000, i % 7 * 0.5)).ToArray();
        var chunk = BucketValue.Seal(Records(samples), Bucket, DuplicatePolicy.Last);
        var chunks = samples.Chunk(100).SelectMany(static part => BucketValue.WriteParts([.. part.Select(static sample => new SeriesSample(Start + sample.Item1, sample.Item2))])).ToArray();
        foreach (var value in (byte[][])[chunk, [.. chunk, .. Records([.. samples[^300..]])], [.. chunk, .. Records([.. samples[..300].Reverse()])], chunks, [.. chunks, .. chunks]])
        {
            var sink = new CountingSink();
            BucketValue.Read(value, Bucket, Bucket, DuplicatePolicy.Last, sink);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 20; i++)
            {
                BucketValue.Read(value, Bucket, Bucket, DuplicatePolicy.Last, sink);
            }

            // The pool may lose an array to the collector meanwhile.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000);
            Assert.Equal(21 * 1_440, sink.Count);
        }
    }

    // Singly: mostly behind what is there, with some that are late, that come again, and that remove.
    private static SeriesSample[] AnyOrder(Random dice, int seed, int step, int moments, ref int next)
    {
        var samples = new SeriesSample[dice.Next(seed % 10 == 0 ? 300 : 30)];
        foreach (ref var sample in samples.AsSpan())
        {
            var place = dice.Next(seed % 4 == 0 ? 50 : 3) > 0 && next < moments ? next++ : dice.Next(moments);
            sample = new(Start + (place * (long)step), Value(dice, seed));
        }

        return samples;
    }

    // As chunks, when they are enough: behind what is there, over all of it, or somewhere in it; seldom with one that removes.
    private static SeriesSample[] Ascending(Random dice, int seed, int step, int moments, ref int next)
    {
        var (first, count, every) = (dice.Next(3) > 0 && next < moments ? next : dice.Next(moments), dice.Next(200), dice.Next(2) * dice.Next(3));
        var places = Enumerable.Range(0, count).Select(i => first + (i * (every + 1))).Where(place => place < moments).ToArray();
        next = Math.Max(next, places.Append(-1).Max() + 1);
        var mayRemove = dice.Next(6) == 0;
        return [.. places.Select(place => new SeriesSample(Start + (place * (long)step), Value(dice, seed) is var value && !mayRemove && double.IsNaN(value) ? 7 : value))];
    }

    private static double Value(Random dice, int seed) => dice.Next(12) == 0 ? double.NaN : (seed % 3) switch
    {
        0 => dice.Next(100) / 10.0,
        1 => dice.NextDouble(),
        _ => dice.Next(5) switch { 0 => -0.0, 1 => 0.0, 2 => double.Epsilon, 3 => -double.MaxValue, _ => dice.Next(3) },
    };

    private static byte[] Garbage(Random dice)
    {
        if (dice.Next(4) == 0)
        {
            var noise = new byte[dice.Next(200)];
            dice.NextBytes(noise);
            return noise;
        }

        var value = (byte[])
        [
            .. dice.Next(2) == 0 ? [] : BucketValue.Seal(Records([.. Enumerable.Range(0, dice.Next(1, 300)).Select(i => (i * 10_000, dice.Next(50) / 4.0))]), Bucket, DuplicatePolicy.Last),
            .. Records([.. Enumerable.Range(0, dice.Next(20)).Select(_ => (dice.Next(Length), dice.NextDouble()))]),
            .. Enumerable.Range(0, dice.Next(3)).SelectMany(_ => ChunkOf(dice.Next(Length / 2), dice.Next(16, 60))),
            .. Records([.. Enumerable.Range(0, dice.Next(3)).Select(_ => (dice.Next(Length), dice.NextDouble()))]),
        ];
        for (var changes = dice.Next(4); changes > 0 && value.Length > 0; changes--)
        {
            value[dice.Next(value.Length)] = (byte)dice.Next(256);
        }

        return dice.Next(3) == 0 ? value[..dice.Next(value.Length + 1)] : value;
    }

    private static void AssertReads(Random dice, Model model, byte[] value, long span)
    {
        AssertSame(model.Samples(Bucket), Samples(value, model.Policy));
        for (var i = 0; i < 3; i++)
        {
            var range = Range(dice, span);
            AssertSame(model.Samples(range), Samples(value, model.Policy, range));
            var moment = Start + dice.NextInt64(span);
            var single = new TimeRange(moment, moment + 1);
            AssertSame(model.Samples(single), Samples(value, model.Policy, single));
        }

        AssertSame(model.Samples(Bucket).TakeLast(1), BucketValue.Latest(value, Bucket, model.Policy) is { } latest ? [(latest.Timestamp - Start, latest.Value)] : []);
    }

    private static byte[] AssertSealed(Random dice, Model model, byte[] value, long span)
    {
        var sealedValue = BucketValue.Seal(value, Bucket, model.Policy);
        AssertReads(dice, model, sealedValue, span);
        Assert.Equal(sealedValue.Length, sealedValue.Length == 0 ? 0 : ChunkHead.Read(sealedValue).Length);
        Assert.Equal(sealedValue, BucketValue.Seal(sealedValue, Bucket, model.Policy));
        return sealedValue;
    }

    private static byte[] AssertRemoved(Random dice, Model model, byte[] value, TimeRange range, long span)
    {
        var (left, removed) = BucketValue.Remove(value, Bucket, range, model.Policy);
        Assert.Equal(model.Samples(range).Count, removed);
        model.Remove(range);
        AssertReads(dice, model, left, span);
        Assert.Equal(left, BucketValue.Seal(left, Bucket, model.Policy));
        return left;
    }

    private static TimeRange Range(Random dice, long span)
    {
        var ends = new[] { dice.NextInt64(-2, span + 2), dice.NextInt64(-2, span + 2) }.Order().ToArray();
        return new(Start + ends[0], Start + ends[1]);
    }

    private static byte[] Records(params (int Place, double Value)[] samples) => BucketValue.WriteRecords([.. samples.Select(static sample => new SeriesSample(Start + sample.Place, sample.Value))]);

    // A chunk of samples each a millisecond from the next.
    private static byte[] ChunkOf(int place, int count)
    {
        var chunk = BucketValue.WriteParts([.. Enumerable.Range(place, count).Select(static place => new SeriesSample(Start + place, place / 4.0))]);
        Assert.True(ChunkHead.Begins(chunk));
        return chunk;
    }

    private static List<(long Place, double Value)> Samples(byte[] value, DuplicatePolicy policy) => Samples(value, policy, Bucket);

    private static List<(long Place, double Value)> Samples(byte[] value, DuplicatePolicy policy, TimeRange range)
    {
        var sink = new Sink();
        BucketValue.Read(value, Bucket, range, policy, sink);
        Assert.True(sink.Calls <= 1);
        return sink.Samples;
    }

    private static void AssertOffered(int expected, byte[] value, TimeRange range)
    {
        var sink = new Sink { TakesSummaries = true };
        BucketValue.Read(value, Bucket, range, DuplicatePolicy.Last, sink);
        Assert.Equal(expected, sink.Summaries.Count);
        Assert.All(sink.Summaries, static summary => Assert.Equal((3, 9.0, 1.0, 6.0), (summary.Count, summary.Sum, summary.Minimum, summary.Maximum)));
    }

    private static void AssertDamaged(byte[] value)
    {
        Assert.Throws<CorruptSeriesException>(() => Samples(value, DuplicatePolicy.Last));
        Assert.Throws<CorruptSeriesException>(() => BucketValue.Seal(value, Bucket, DuplicatePolicy.Last));
        Assert.Throws<CorruptSeriesException>(() => BucketValue.Remove(value, Bucket, Bucket, DuplicatePolicy.Last));
        Assert.Throws<CorruptSeriesException>(() => BucketValue.Latest(value, Bucket, DuplicatePolicy.Last));
    }

    // Without whole parts at its end a value is what it was before them; without anything the bucket is empty.
    private static void AssertEnds(byte[] value, params int[] ends)
    {
        for (var length = 1; length < value.Length; length++)
        {
            if (!ends.Contains(length))
            {
                AssertDamaged(value[..length]);
            }
            else
            {
                Assert.NotEmpty(Samples(value[..length], DuplicatePolicy.Last));
            }
        }
    }

    private static void AssertNothingElse(byte[] value)
    {
        AssertNothingElse(() => Samples(value, DuplicatePolicy.Last));
        AssertNothingElse(() => BucketValue.Latest(value, Bucket, DuplicatePolicy.Last));
        AssertNothingElse(() => BucketValue.Seal(value, Bucket, DuplicatePolicy.Last));
        AssertNothingElse(() => BucketValue.Remove(value, Bucket, Bucket, DuplicatePolicy.Last));
    }

    private static void AssertNothingElse(Action read)
    {
        try
        {
            read();
        }
        catch (CorruptSeriesException)
        {
            // Told.
        }
    }

    private static void AssertSame(IEnumerable<(long Place, double Value)> expected, IEnumerable<(long Place, double Value)> actual)
        => Assert.Equal(expected.Select(static sample => (sample.Place, BitConverter.DoubleToInt64Bits(sample.Value))), actual.Select(static sample => (sample.Place, BitConverter.DoubleToInt64Bits(sample.Value))));

    /// <summary>All records in the order of their coming.</summary>
    private sealed class Model(DuplicatePolicy policy)
    {
        private readonly SortedDictionary<long, double> _samples = [];

        public DuplicatePolicy Policy => policy;

        public void Add(SeriesSample sample)
        {
            if (double.IsNaN(sample.Value))
            {
                _samples.Remove(sample.Timestamp);
            }
            else if (!_samples.TryAdd(sample.Timestamp, sample.Value))
            {
                var stands = _samples[sample.Timestamp];
                _samples[sample.Timestamp] = policy switch
                {
                    DuplicatePolicy.Last => sample.Value,
                    DuplicatePolicy.Minimum => Math.Min(stands, sample.Value),
                    DuplicatePolicy.Maximum => Math.Max(stands, sample.Value),
                    DuplicatePolicy.Sum => stands + sample.Value,
                    _ => stands,
                };
            }
        }

        public List<(long Place, double Value)> Samples(TimeRange range) => [.. _samples.Where(pair => range.Contains(pair.Key)).Select(static pair => (pair.Key - Start, pair.Value))];

        public void Remove(TimeRange range)
        {
            foreach (var moment in _samples.Keys.Where(range.Contains).ToArray())
            {
                _samples.Remove(moment);
            }
        }
    }

    private sealed class Sink : ISampleSink
    {
        public bool TakesSummaries { get; init; }

        public bool Wants { get; init; } = true;

        public int Calls { get; private set; }

        public List<(long Place, double Value)> Samples { get; } = [];

        public List<SeriesSummary> Summaries { get; } = [];

        public bool Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
        {
            Calls++;
            Assert.Equal(timestamps.Length, values.Length);
            for (var i = 0; i < timestamps.Length; i++)
            {
                Samples.Add((timestamps[i] - Start, values[i]));
            }

            return Wants;
        }

        public bool TryAdd(in SeriesSummary stretch)
        {
            if (TakesSummaries)
            {
                Summaries.Add(stretch);
            }

            return TakesSummaries;
        }
    }

    private sealed class CountingSink : ISampleSink
    {
        public int Count { get; private set; }

        public bool Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
        {
            Count += timestamps.Length;
            return true;
        }

        public bool TryAdd(in SeriesSummary stretch) => false;
    }
}
