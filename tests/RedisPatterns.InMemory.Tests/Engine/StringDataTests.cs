namespace RedisPatterns.InMemory.Tests.Engine;

public sealed class StringDataTests
{
    private readonly Journal _journal = new();

    [Fact]
    public void A_value_that_was_handed_out_never_changes()
    {
        var data = new StringData(_journal, "hello");
        data.Append(" world"u8);
        var first = data.Value;
        data.Append("!"u8);
        var second = data.Value;
        data.GetWritable(0)[0] = (byte)'H';

        Assert.Equal("hello world", first.AsText());
        Assert.Equal("hello world!", second.AsText());
        Assert.Equal("Hello world!", data.Value.AsText());
    }

    [Fact]
    public void The_bytes_that_were_given_are_not_written()
    {
        var given = "abc"u8.ToArray();
        var data = new StringData(_journal, given);
        data.GetWritable(5)[0] = (byte)'X';

        Assert.Equal("abc"u8.ToArray(), given);
        Assert.Equal("Xbc\0\0", data.Value.AsText());
    }

    [Fact]
    public void A_rollback_restores_what_was_there()
    {
        var data = new StringData(_journal, "one");
        data.Append("two"u8);
        var mark = _journal.Begin();
        data.Append("three"u8);
        data.GetWritable(20)[1] = (byte)'N';
        data.Set("four");
        data.Append("five"u8);
        _journal.Rollback(mark);
        Assert.Equal("onetwo", data.Value.AsText());

        var kept = data.Value;
        data.Append("!"u8);
        Assert.Equal("onetwo!", data.Value.AsText());
        Assert.Equal("onetwo", kept.AsText());
    }

    [Fact]
    public void Many_appends_do_not_copy_the_string_each_time()
    {
        var data = new StringData(_journal, "");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
        {
            data.Append("0123456789"u8);
        }

        Assert.Equal(1_000_000, data.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }
}
