namespace RedisPatterns.Tests.Entities;

public sealed class ChunkManifestTests
{
    private const string Text = "chunks/1;v=7;schema=2;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=0e306928";

    private static readonly ChunkManifest Manifest = new(2, 7, 130_001, 65_536, 2, 0x0E306928, "abcdefgh23456777");

    [Fact]
    public void Its_text_is_the_documented_one_and_reads_back()
    {
        Assert.Equal(Text, Manifest.ToString());
        Assert.True(ChunkManifest.TryParse(Text, out var read));
        Assert.Equal(Manifest, read);
        Assert.True(ChunkManifest.TryParse(System.Text.Encoding.UTF8.GetBytes(Text), out read));
        Assert.Equal(Manifest, read);
    }

    [Fact]
    public void Its_template_lacks_the_version_alone()
    {
        var (head, tail) = (Manifest with { Version = 0 }).ToTemplate();
        Assert.Equal(Text, head + "7" + tail);
    }

    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(1, 10, 1)]
    [InlineData(9, 10, 1)]
    [InlineData(10, 10, 1)]
    [InlineData(11, 10, 2)]
    [InlineData(long.MaxValue, 1, long.MaxValue)]
    public void The_number_of_parts_follows_from_length_and_part_size(long length, int partSize, long count) =>
        Assert.Equal(count, ChunkManifest.CountParts(length, partSize));

    [Fact]
    public void Generations_differ_and_have_one_form()
    {
        var generations = Enumerable.Range(0, 1_000).Select(_ => ChunkManifest.NewGeneration()).ToHashSet();
        Assert.Equal(1_000, generations.Count);
        Assert.All(generations, generation => Assert.Matches("^[a-z2-7]{16}$", generation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("chunks/2;v=7;schema=2;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=0e306928")]
    [InlineData("chunks/1;v=07;schema=2;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=0e306928")]
    [InlineData("chunks/1;v=-7;schema=2;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=0e306928")]
    [InlineData("chunks/1;v=7;schema=;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=0e306928")]
    [InlineData("chunks/1;v=7;schema=2147483648;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=0e306928")]
    [InlineData("chunks/1;v=7;schema=2;parts=3;gen=abcdefgh23456777;length=130001;part=65536;crc32c=0e306928")]
    [InlineData("chunks/1;v=7;schema=2;parts=2;gen=abcdefgh2345677;length=130001;part=65536;crc32c=0e306928")]
    [InlineData("chunks/1;v=7;schema=2;parts=2;gen=abcdefgh2345677A;length=130001;part=65536;crc32c=0e306928")]
    [InlineData("chunks/1;v=7;schema=2;parts=2;gen=abcdefgh23456777;length=9223372036854775808;part=65536;crc32c=0e306928")]
    [InlineData("chunks/1;v=7;schema=2;parts=5000;gen=abcdefgh23456777;length=5000;part=1;crc32c=0e306928")]
    [InlineData("chunks/1;v=7;schema=2;parts=2;gen=abcdefgh23456777;length=130001;part=0;crc32c=0e306928")]
    [InlineData("chunks/1;v=7;schema=2;parts=1;gen=abcdefgh23456777;length=130001;part=536870913;crc32c=0e306928")]
    [InlineData("chunks/1;v=7;schema=2;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=e306928")]
    [InlineData("chunks/1;v=7;schema=2;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=0E306928")]
    [InlineData("chunks/1;v=7;schema=2;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=0e306928;")]
    [InlineData("chunks/1;v=7;schema=2;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=0e306928\n")]
    [InlineData("chunks/1;v=7;schema=2;parts=0;gen=abcdefgh23456777;length=0;part=65536;crc32c=0e306928")]
    public void What_is_not_exactly_a_manifest_is_refused(string text)
    {
        Assert.False(ChunkManifest.TryParse(text, out var read));
        Assert.Equal(default, read);
    }

    [Fact]
    public void No_value_bytes_that_are_no_text_and_long_values_are_refused()
    {
        Assert.False(ChunkManifest.TryParse(default, out _));
        Assert.False(ChunkManifest.TryParse(new byte[] { 0xFF, 0xFE }, out _));
        Assert.False(ChunkManifest.TryParse(Text + new string(' ', 1_000_000), out _));
    }

    [Fact]
    public void The_last_part_has_what_the_others_leave()
    {
        Assert.Equal(65_536, Manifest.GetPartLength(0));
        Assert.Equal(130_001 - 65_536, Manifest.GetPartLength(1));
        Assert.Equal(65_536, (Manifest with { Length = 2 * 65_536 }).GetPartLength(1));
    }
}
