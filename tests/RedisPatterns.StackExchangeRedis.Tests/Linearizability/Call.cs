namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>What a client asks in a history.</summary>
/// <param name="Verb">What is to be done.</param>
/// <param name="Subject">To what: an id or a key; may be empty when there is only one.</param>
/// <param name="Value">With which value.</param>
/// <param name="Number">With which number: a version, an increment.</param>
internal sealed record Call(string Verb, string Subject = "", string Value = "", long Number = 0)
{
    public override string ToString() => $"{Verb} {Subject} {Value} {Number}".Replace("  ", " ", StringComparison.Ordinal);
}
