namespace Narration;

/// <summary>A few sentences.</summary>
public sealed record TextAnswer(params string[] Sentences) : Answer
{
    public override IReadOnlyList<string> Lines => Sentences;
}
