namespace RedisPatterns.Commands;

/// <summary>When the score of a member is set.</summary>
public enum ScoreWhen
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Only when the member is absent. <c>NX</c>.</summary>
    Absent,

    /// <summary>Only when the member is there. <c>XX</c>.</summary>
    Exists,

    /// <summary>When the member is absent or the new score is greater than the one it has. <c>GT</c>.</summary>
    AbsentOrGreater,

    /// <summary>When the member is absent or the new score is less than the one it has. <c>LT</c>.</summary>
    AbsentOrLess,

    /// <summary>Only when the member is there and the new score is greater. <c>XX GT</c>.</summary>
    ExistsAndGreater,

    /// <summary>Only when the member is there and the new score is less. <c>XX LT</c>.</summary>
    ExistsAndLess,
}
