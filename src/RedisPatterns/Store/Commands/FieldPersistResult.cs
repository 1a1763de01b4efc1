namespace RedisPatterns.Commands;

/// <summary>What taking a hash field's time to live away came to.</summary>
public enum FieldPersistResult
{
    /// <summary>The hash or the field does not exist.</summary>
    NoSuchField = -2,

    /// <summary>The field has no time to live.</summary>
    NoExpiry = -1,

    /// <summary>The field lives until it is deleted.</summary>
    Persisted = 1,
}
