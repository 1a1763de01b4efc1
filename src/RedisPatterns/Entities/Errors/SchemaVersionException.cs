namespace RedisPatterns;

/// <summary>
/// A stored document has a schema version that the model can not read: it was written by newer code, or it is older than
/// the first version that the model upgrades from. Nothing was changed. The message names the key's pattern, not the id.
/// </summary>
public sealed class SchemaVersionException : EntityException
{
    /// <summary>The refusal.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="keyPattern">The pattern of the document's key.</param>
    /// <param name="storedVersion">The schema version of the document.</param>
    /// <param name="modelVersion">The schema version of the model.</param>
    public SchemaVersionException(string model, string keyPattern, int storedVersion, int modelVersion)
        : base(model, MessageOf(model, keyPattern, storedVersion, modelVersion))
    {
        KeyPattern = keyPattern;
        StoredVersion = storedVersion;
        ModelVersion = modelVersion;
    }

    /// <summary>The pattern of the document's key.</summary>
    public string KeyPattern { get; }

    /// <summary>The schema version of the document; 1 for one that says none.</summary>
    public int StoredVersion { get; }

    /// <summary>The schema version of the model; 1 for one that declares none.</summary>
    public int ModelVersion { get; }

    private static string MessageOf(string model, string keyPattern, int storedVersion, int modelVersion) => storedVersion > modelVersion
        ? $"{model}: the document at {keyPattern} was written by newer code: its schema version is {storedVersion}, the model's is {modelVersion}."
        : $"{model}: the document at {keyPattern} has schema version {storedVersion}, and the model of version {modelVersion} declares no upgrade from it.";
}
