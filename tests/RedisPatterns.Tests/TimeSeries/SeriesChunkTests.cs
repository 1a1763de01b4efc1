using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace RedisPatterns.Tests.TimeSeries;

/// <summary>Chunks give back what was written, bit for bit, in few bytes, and what is damaged is told.</summary>
public sealed class SeriesChunkTests
{
    private const long Start = 1_767_225_600_000;
    private static readonly int[] Counts = [1, 2, 3, 7, 8, 127, 128, 129, 130, 255, 256, 257, 1_000];

    public static TheoryData<string> Shapes => [.. AllShapes.Keys];

    private static Dictionary<string, Func<Random, int, double>> AllShapes { get; } = new()
    {
        ["a gauge that seldom moves"] = static (dice, _) => dice.Next(10) == 0 ? dice.Next(3) - 1 : 0,
        ["random doubles"] = static (dice, _) => dice.NextDouble(),
        ["a walk of two decimals"] = static (dice, i) => Math.Round((i * 0.01) + (dice.Next(101) / 100.0), 2),
        ["whole numbers"] = static (_, i) => i * 1_000_003.0,
        ["a constant"] = static (_, _) => 21.5,
        ["any bits"] = static (dice, _) => BitConverter.Int64BitsToDouble(dice.NextInt64(long.MinValue, long.MaxValue)),
        ["what is not a number"] = static (dice, _) => dice.Next(6) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, 3 => -0.0, 4 => double.Epsilon, _ => double.MaxValue },
        ["decimals of fifteen places"] = static (dice, _) => dice.Next(1_000) / 1e15,
        ["one value that is no decimal"] = static (dice, i) => i == 5 ? Math.PI : dice.Next(100) / 10.0,
        ["around the greatest whole number"] = static (dice, _) => (1L << 53) + dice.Next(5) - 2,
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_was_written_is_read_bit_for_bit(string shape)
    {
        foreach (var count in Counts)
        {
            for (var seed = 0; seed < 5; seed++)
            {
                var dice = new Random(seed);
                var values = Enumerable.Range(0, count).Select(i => AllShapes[shape](dice, i)).ToArray();
                AssertComesBack(Moments(dice, count, seed), values);
            }
        }
    }

    [Fact]
    public void Any_moments_that_ascend_come_back()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var dice = new Random(seed);
            var moments = new SortedSet<long> { dice.Next(2) == 0 ? 0 : dice.Next(1_000), SeriesTime.Greatest - dice.Next(3) };
            for (var left = dice.Next(300); left > 0; left--)
            {
                moments.Add(dice.Next(4) switch { 0 => dice.NextInt64(SeriesTime.Greatest + 1), 1 => SeriesTime.Greatest - dice.Next(500), _ => dice.Next(500) });
            }

            AssertComesBack([.. moments], [.. moments.Select(_ => dice.NextDouble())]);
        }
    }

    [Fact]
    public void Moments_that_do_not_ascend_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => SeriesChunk.Write([], []));
        Assert.Throws<ArgumentOutOfRangeException>(static () => SeriesChunk.Write([1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => SeriesChunk.Write([-1], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => SeriesChunk.Write([0, SeriesTime.Greatest + 1], [1, 2]));
        Assert.Throws<ArgumentException>(static () => SeriesChunk.Write([1, 1], [1, 2]));
        Assert.Throws<ArgumentException>(static () => SeriesChunk.Write([2, 1, 3], [1, 2, 3]));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_part_of_a_chunk_is_what_the_whole_has_there(string shape)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var dice = new Random(seed);
            var count = dice.Next(1, 700);
            var (moments, values) = (Moments(dice, count, seed % 4), Enumerable.Range(0, count).Select(i => AllShapes[shape](dice, i)).ToArray());
            var chunk = SeriesChunk.Write(moments, values);
            for (var draw = 0; draw < 20; draw++)
            {
                var ends = new[] { Near(dice, moments), Near(dice, moments) }.Order().ToArray();
                var range = new TimeRange(ends[0], ends[1]);
                var (readMoments, readValues) = Read(chunk, range);
                Assert.Equal(moments.Where(range.Contains), readMoments);
                Assert.Equal(values.Where((_, i) => range.Contains(moments[i])).Select(BitConverter.DoubleToInt64Bits), readValues.Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_is_known_of_the_points_is_what_they_say(string shape)
    {
        foreach (var count in Counts)
        {
            var dice = new Random(count);
            var (moments, values) = (Moments(dice, count, count % 4), Enumerable.Range(0, count).Select(i => AllShapes[shape](dice, i)).ToArray());
            var chunk = SeriesChunk.Write(moments, values);
            var summary = ChunkHead.Read(chunk.AsSpan(0, Math.Min(chunk.Length, ChunkHead.GreatestLength))).Summary;
            Assert.Equal(summary, SeriesChunkReader.Open(chunk).Summary);
            Assert.Equal((count, moments[0], moments[^1]), (summary.Count, summary.FirstTime, summary.LastTime));
            AssertSame(values[0], summary.First);
            AssertSame(values[^1], summary.Last);
            AssertSame(values.Aggregate(Math.Min), summary.Minimum);
            AssertSame(values.Aggregate(Math.Max), summary.Maximum);
            AssertSame(values.Aggregate((sum, value) => sum + value), summary.Sum);
            if (values.All(value => Math.Abs(value) < 1e12))
            {
                var (mean, squares, area) = (values.Sum(static value => (decimal)value) / count, 0.0, 0.0);
                for (var i = 0; i < count; i++)
                {
                    squares += Math.Pow((double)((decimal)values[i] - mean), 2);
                    area += i == 0 ? 0 : (double)((decimal)values[i] + (decimal)values[i - 1]) / 2 * (moments[i] - moments[i - 1]);
                }

                Assert.Equal(squares, summary.Squares, 1e-9 * Math.Max(squares, 1));
                Assert.Equal(area, summary.Area, 1e-9 * Math.Max(Math.Abs(area), 1));
            }
        }
    }

    [Fact]
    public void No_head_is_longer_than_it_may_be_and_none_is_like_a_record()
    {
        foreach (var shape in AllShapes.Values)
        {
            for (var seed = 0; seed < 200; seed++)
            {
                var dice = new Random(seed);
                var count = dice.Next(1, 300);
                var chunk = SeriesChunk.Write([.. Enumerable.Range(0, count).Select(i => SeriesTime.Greatest - count + i)], [.. Enumerable.Range(0, count).Select(i => shape(dice, i))]);
                Assert.True(ChunkHead.Read(chunk).BodyAt <= ChunkHead.GreatestLength);
                Assert.True((ulong)BinaryPrimitives.ReadInt64LittleEndian(chunk) > SeriesTime.Greatest);
            }
        }
    }

    [Theory]
    [InlineData("a gauge that seldom moves", 0.5)]
    [InlineData("a walk of two decimals", 1.2)]
    [InlineData("random doubles", 7.1)]
    [InlineData("any bits", 8.1)]
    [InlineData("a constant", 0.1)]
    public void Points_take_few_bytes(string shape, double most)
    {
        const int Count = 10_000;
        var dice = new Random(1);
        var chunk = SeriesChunk.Write(Moments(dice, Count, 0), [.. Enumerable.Range(0, Count).Select(i => AllShapes[shape](dice, i))]);
        Assert.True(chunk.Length <= most * Count, string.Create(CultureInfo.InvariantCulture, $"{(double)chunk.Length / Count} bytes a point"));
    }

    [Fact]
    public void A_missing_sample_and_a_pause_take_few_bytes()
    {
        var moments = Enumerable.Range(0, 1_440).Where(static i => i != 100).Select(static i => Start + (i * 10_000L) + (i > 700 ? 3_456 : 0)).ToArray();
        var even = Enumerable.Range(0, moments.Length).Select(static i => Start + (i * 10_000L)).ToArray();
        var values = new double[moments.Length];
        Assert.InRange(SeriesChunk.Write(moments, values).Length - SeriesChunk.Write(even, values).Length, 1, 60);
        AssertComesBack(moments, values);
    }

    // What the first version wrote must stay readable: a line here may be added, not changed.
    [Theory]
    [InlineData(new[] { 21.5, 21.5, 21.75, 21.0 }, "43000000223301c50480d0eab6b733b0ea01cc216363320000000000705540000000000000d33f0000008013af23415ecc1d81894e020709e8200732d912008ae76c04")]
    [InlineData(new[] { 0.1, 0.25, Math.PI }, "66000000fa4601c50380d0eab6b733a79c018080d287e2bc2dc2b4d99aff93e70a00c2b4d99aff93e70ae5f91021c8ee0b40a84db80572831740fbd3ab5df547d240d4f358ad904e0107028080d287e2bc2d8080bb8b939b44c2b4e383d9ddde0900dc066536")]
    [InlineData(new[] { double.NaN, -0.0 }, "60000000014d01c50280d0eab6b733904e000000000000f8ff0000000000000080000000000000f8ff000000000000f8ff000000000000f8ff000000000000f8ff000000000000f8ff6afb5bfa904e00000000000000f8ff330cff0f1239188c")]
    [InlineData(new[] { 1.0, 3.0, 9.0, 27.0, 81.0, 243.0 }, "46000000023401c50680d0eab6b733d0860302e40300e4030000000000c07640abaaaaaa6aa7e5400000000066764241cdaffcae894e0207490102080002081a50f251ceb321")]
    [InlineData(new[] { 7.0 }, "35000000063001c50180d0eab6b733000e0000000000000000001c40000000000000000000000000000000007e6b0f630ec16bee0f")]
    public void The_bytes_are_those_of_the_first_version(double[] values, string expected)
    {
        var moments = values.Select((_, i) => Start + (i * 10_000L) + (i == 2 ? 7 : 0)).ToArray();
        Assert.Equal(expected, Convert.ToHexStringLower(SeriesChunk.Write(moments, values)));
        AssertComesBack(moments, values);
    }

    [Fact]
    public void The_bytes_of_several_blocks_are_those_of_the_first_version()
    {
        var moments = Enumerable.Range(0, 300).Select(i => Start + (i * 10_000L) + (i % 50 == 0 ? 1 : 0)).ToArray();
        Assert.Equal("2d3d108d6f86cc5183a37428a772701859c0c2d0390867ca91a8d1db2a7a07bf", Convert.ToHexStringLower(SHA256.HashData(SeriesChunk.Write(moments, [.. moments.Select((_, i) => i / 10 / 10.0)]))));
        Assert.Equal("35c88d509ec4b21d647d909c1ffff9796fb7714df1c3e31d8895afc39dbce047", Convert.ToHexStringLower(SHA256.HashData(SeriesChunk.Write(moments, [.. moments.Select((_, i) => Math.Sqrt(i))]))));
        Assert.Equal("856996d79034562a216742c56c4c59f71b66486995abe3c95cc55edb0fe6355c", Convert.ToHexStringLower(SHA256.HashData(SeriesChunk.Write(moments, [.. moments.Select((_, i) => i * i * 1.0)]))));
    }

    [Fact]
    public void A_bit_that_was_turned_and_an_end_that_is_missing_are_told()
    {
        foreach (var shape in AllShapes.Values)
        {
            var dice = new Random(3);
            var chunk = SeriesChunk.Write(Moments(dice, 40, 1), [.. Enumerable.Range(0, 40).Select(i => shape(dice, i))]);
            for (var bit = 0; bit < 8 * chunk.Length; bit++)
            {
                chunk[bit >> 3] ^= (byte)(1 << (bit & 7));
                AssertDamaged(chunk);
                chunk[bit >> 3] ^= (byte)(1 << (bit & 7));
            }

            for (var length = 0; length < chunk.Length; length++)
            {
                AssertDamaged(chunk[..length]);
            }
        }
    }

    [Fact]
    public void Whatever_has_a_right_checksum_is_read_or_told_and_nothing_else_happens()
    {
        var (told, read) = (0, 0);
        for (var seed = 0; seed < 20_000; seed++)
        {
            var dice = new Random(seed);
            var count = dice.Next(1, 300);
            var shape = AllShapes.Values.ElementAt(dice.Next(AllShapes.Count));
            var chunk = SeriesChunk.Write(Moments(dice, count, seed % 4), [.. Enumerable.Range(0, count).Select(i => shape(dice, i))]);
            for (var changes = dice.Next(1, 4); changes > 0; changes--)
            {
                chunk[dice.Next(Math.Min(chunk.Length - 4, dice.Next(2) == 0 ? 16 : int.MaxValue))] = (byte)dice.Next(256);
            }

            // The checksums only: the lengths may be wrong.
            if (chunk[5] is var bodyAt && bodyAt is > 12 and < 100 && bodyAt < chunk.Length - 4)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(bodyAt - 4), Checksum(chunk.AsSpan(0, bodyAt - 4)));
                BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(chunk.Length - 4), Checksum(chunk.AsSpan((bodyAt - 4)..^4)));
            }

            try
            {
                var (moments, _) = Read(chunk, TimeRange.All);
                Assert.True(moments.Zip(moments.Skip(1), static (one, next) => one < next).All(static ascends => ascends));
                Assert.All(moments, static moment => Assert.InRange(moment, 0, SeriesTime.Greatest));
                read++;
            }
            catch (CorruptSeriesException)
            {
                told++;
            }
        }

        Assert.True(told > 1_000 && read > 1_000, $"{told} told, {read} read");
    }

    private static long[] Moments(Random dice, int count, int kind)
    {
        var (moments, moment) = (new long[count], Start);
        for (var i = 0; i < count; i++)
        {
            moments[i] = moment;
            moment += kind switch { 0 => 10_000, 3 => dice.Next(100) == 0 ? 20_000 : 10_000, 1 => 10_000 + dice.Next(-20, 21), _ => dice.NextInt64(1, 100_000) };
        }

        return moments;
    }

    // A moment of a point, one beside it, or any.
    private static long Near(Random dice, long[] moments)
        => dice.Next(8) == 0 ? dice.NextInt64(SeriesTime.Greatest) : moments[dice.Next(moments.Length)] + dice.Next(-1, 2);

    private static (long[] Moments, double[] Values) Read(byte[] bytes, TimeRange range)
    {
        var chunk = SeriesChunkReader.Open(bytes);
        var (moments, values) = (new long[chunk.Count], new double[chunk.Count]);
        var (start, count) = chunk.Read(range, moments, values);
        return (moments.AsSpan(start, count).ToArray(), values.AsSpan(start, count).ToArray());
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = default(Crc32C);
        checksum.Append(bytes);
        return checksum.Value;
    }

    private static void AssertComesBack(long[] moments, double[] values)
    {
        var chunk = SeriesChunk.Write(moments, values);
        Assert.Equal((moments.Length, chunk.Length), (SeriesChunkReader.Open(chunk).Count, SeriesChunkReader.Open(chunk).Length));
        var (readMoments, readValues) = Read([.. chunk, 1, 2, 3], TimeRange.All);
        Assert.Equal(moments, readMoments);
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), readValues.Select(BitConverter.DoubleToInt64Bits));
    }

    // Which of several NaNs a sum has depends on the processor.
    private static void AssertSame(double expected, double actual)
        => Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual) || (double.IsNaN(expected) && double.IsNaN(actual)), $"{expected:R} is not {actual:R}");

    private static void AssertDamaged(byte[] chunk) => Assert.Throws<CorruptSeriesException>(() => SeriesChunkReader.Open(chunk).Count);
}
