namespace RedisPatterns.Tests.Entities.Ids;

/// <summary>A clock that also goes back.</summary>
internal sealed class SettableClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
