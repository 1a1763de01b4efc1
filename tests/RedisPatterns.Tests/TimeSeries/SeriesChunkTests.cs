using System.Buffers.Binary;
using System.Globalization;

namespace RedisPatterns.Tests.TimeSeries;

/// <summary>Chunks give back what was written, bit for bit, in few bytes, and what is damaged is told.</summary>
public sealed class SeriesChunkTests
{
    private const long Start = 1_767_225_600_000;
    private static readonly int[] Counts = [0, 1, 2, 3, 7, 8, 127, 128, 129, 130, 255, 256, 257, 1_000];

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
    public void Any_moments_come_back()
    {
        long[] ends = [long.MinValue, long.MaxValue, 0, -1, 1, long.MinValue + 1, long.MaxValue - 1];
        for (var seed = 0; seed < 300; seed++)
        {
            var dice = new Random(seed);
            var moments = Enumerable.Range(0, dice.Next(300)).Select(_ => dice.Next(3) == 0 ? ends[dice.Next(ends.Length)] : dice.NextInt64(long.MinValue, long.MaxValue)).ToArray();
            AssertComesBack(moments, [.. moments.Select(_ => dice.NextDouble())]);
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

    // What the first version wrote must stay readable: a line here may be added, not changed.
    [Theory]
    [InlineData(new double[] { }, "010000043125c5")]
    [InlineData(new[] { 21.5, 21.5, 21.75, 21.0 }, "01220480a0d5edee66929c0104e700e8200732d91200f735455b")]
    [InlineData(new[] { 0.1, 0.25, Math.PI }, "01fa0380a0d5edee66a09c0103388080d287e2bc2d8080bb8b939b44c2b4e383d9ddde090018c911ad")]
    [InlineData(new[] { double.NaN, -0.0 }, "01010280a0d5edee66a09c0100330dffffff01521cf517")]
    public void The_bytes_are_those_of_the_first_version(double[] values, string expected)
    {
        var moments = values.Select((_, i) => Start + (i * 10_000L) + (i == 2 ? 7 : 0)).ToArray();
        Assert.Equal(expected, Convert.ToHexStringLower(SeriesChunk.Write(moments, values)));
        AssertComesBack(moments, values);
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
            var chunk = SeriesChunk.Write(Moments(dice, count, seed % 3), [.. Enumerable.Range(0, count).Select(i => shape(dice, i))]);
            for (var changes = dice.Next(1, 4); changes > 0; changes--)
            {
                chunk[dice.Next(Math.Min(chunk.Length - 4, dice.Next(2) == 0 ? 16 : int.MaxValue))] = (byte)dice.Next(256);
            }

            var checksum = new Crc32C();
            checksum.Append(chunk.AsSpan(0, chunk.Length - 4));
            BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(chunk.Length - 4), checksum.Value);
            try
            {
                var length = SeriesChunk.CountOf(chunk);
                SeriesChunk.Read(chunk, new long[length], new double[length]);
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
            moment += kind switch { 0 => 10_000, 1 => 10_000 + dice.Next(-20, 21), _ => dice.NextInt64(1, 100_000) };
        }

        return moments;
    }

    private static void AssertComesBack(long[] moments, double[] values)
    {
        var chunk = SeriesChunk.Write(moments, values);
        Assert.Equal(moments.Length, SeriesChunk.CountOf(chunk));
        var (readMoments, readValues) = (new long[moments.Length], new double[values.Length]);
        SeriesChunk.Read(chunk, readMoments, readValues);
        Assert.Equal(moments, readMoments);
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), readValues.Select(BitConverter.DoubleToInt64Bits));
    }

    private static void AssertDamaged(byte[] chunk)
    {
        Assert.Throws<CorruptSeriesException>(() => SeriesChunk.CountOf(chunk));
        Assert.Throws<CorruptSeriesException>(() => SeriesChunk.Read(chunk, new long[40], new double[40]));
    }
}
