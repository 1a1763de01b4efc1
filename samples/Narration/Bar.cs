namespace Narration;

/// <summary>One bar of a chart.</summary>
public sealed record Bar(string Label, double Value);
