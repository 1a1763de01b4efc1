namespace Narration;

/// <summary>A write that was refused, as it should be.</summary>
public sealed record RefusalAnswer(string Error, string Message) : Answer
{
    public override IReadOnlyList<string> Lines => [$"{Error}: {Message}"];
}
