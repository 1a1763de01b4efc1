namespace RedisPatterns.Testing;

/// <summary>A write whose version is known.</summary>
/// <param name="Expect">Makes it in the list; in a change or alone.</param>
/// <param name="Call">Makes it alone.</param>
/// <param name="Add">Adds it to a change, and gives what tells of the ware that was written.</param>
internal sealed record BoundWrite(
    Func<WareList, bool, WareOutcome> Expect,
    Func<FuzzRun, Task<WareOutcome>> Call,
    Func<FuzzRun, Change, Func<Ware?>> Add);
