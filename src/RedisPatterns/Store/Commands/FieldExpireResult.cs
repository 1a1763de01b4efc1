namespace RedisPatterns.Commands;

/// <summary>What setting a hash field's time to live came to.</summary>
public enum FieldExpireResult
{
    /// <summary>The hash or the field does not exist.</summary>
    NoSuchField = -2,

    /// <summary>The condition did not hold; nothing changed.</summary>
    ConditionNotMet = 0,

    /// <summary>The time to live was set.</summary>
    Set = 1,

    /// <summary>The moment had passed: the field was deleted.</summary>
    Deleted = 2,
}
