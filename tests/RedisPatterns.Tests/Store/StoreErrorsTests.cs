namespace RedisPatterns.Tests.Store;

/// <summary>What servers answer becomes an exception of its kind.</summary>
public sealed class StoreErrorsTests
{
    [Theory]
    [InlineData("LOADING Redis is loading the dataset in memory", "LOADING")]
    [InlineData("BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.", "BUSY")]
    [InlineData("CLUSTERDOWN The cluster is down", "CLUSTERDOWN")]
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot", "TRYAGAIN")]
    public void A_server_that_can_not_serve_now_is_told_with_its_code(string error, string code) =>
        Assert.Equal(code, Assert.IsType<ServerUnavailableException>(StoreErrors.FromServer(error, "GET")).Code);
}
