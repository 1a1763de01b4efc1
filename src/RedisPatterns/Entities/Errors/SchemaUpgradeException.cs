namespace RedisPatterns;

/// <summary>An upgrade step of a model failed on a stored document, which stays as it is. The message names the key's pattern, not the id.</summary>
public sealed class SchemaUpgradeException : EntityException
{
    /// <summary>The failure.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="keyPattern">The pattern of the document's key.</param>
    /// <param name="fromVersion">The schema version that the failed step upgrades from.</param>
    /// <param name="innerException">What the step threw.</param>
    public SchemaUpgradeException(string model, string keyPattern, int fromVersion, Exception innerException)
        : base(model, $"{model}: the upgrade of the document at {keyPattern} from schema version {fromVersion} to {fromVersion + 1} failed.", innerException)
    {
        KeyPattern = keyPattern;
        FromVersion = fromVersion;
    }

    /// <summary>The pattern of the document's key.</summary>
    public string KeyPattern { get; }

    /// <summary>The schema version that the failed step upgrades from, to the next one.</summary>
    public int FromVersion { get; }
}
