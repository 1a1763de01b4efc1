namespace RedisPatterns.Testing;

/// <summary>A write of one ware, alone or in a change.</summary>
/// <param name="Verb">What is counted.</param>
/// <param name="Text">What it is, to be read in a failure.</param>
/// <param name="Id">The ware's id.</param>
/// <param name="ReadsFirst">Whether it reads the ware before it writes.</param>
/// <param name="Bind">Says what it is for the versions that there are.</param>
internal sealed record WareWrite(string Verb, string Text, string Id, bool ReadsFirst, Func<WareList, BoundWrite> Bind)
{
    /// <summary>Makes the write by itself.</summary>
    public Task RunAsync(FuzzRun run)
    {
        var bound = Bind(run.List);
        return run.ExpectAsync(Verb, bound.Expect(run.List, false), () => bound.Call(run));
    }
}
