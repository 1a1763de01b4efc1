using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class HyperLogLogsTests
{
    [Fact]
    public void Commands_name_their_keys_and_elements()
    {
        Wire.Is("PFADD @k", HyperLogLogs.Add("k"));
        Wire.Is("PFADD @k a 2", HyperLogLogs.Add("k", "a", 2));
        Wire.Is("PFCOUNT @a @b", HyperLogLogs.Count("a", "b"));
        Wire.Is("PFMERGE @d", HyperLogLogs.Merge("d"));
        Wire.Is("PFMERGE @d @a @b", HyperLogLogs.Merge("d", "a", "b"));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => HyperLogLogs.Count());
        Assert.Throws<ArgumentException>(() => HyperLogLogs.Add("k", StoreValue.Null));
        Assert.Throws<ArgumentException>(() => HyperLogLogs.Merge(default));
    }
}
