namespace RedisPatterns;

/// <summary>A stored document can not be read as the model's type. The message names the key's pattern, not the id.</summary>
public sealed class EntityFormatException : EntityException
{
    /// <summary>The failure.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="keyPattern">The pattern of the document's key.</param>
    /// <param name="innerException">What the serializer said.</param>
    /// <param name="schemaVersion">The version of the schema that the document says it has.</param>
    public EntityFormatException(string model, string keyPattern, Exception? innerException, int schemaVersion = 1)
        : base(model, $"{model}: the document at {keyPattern}, schema {schemaVersion}, can not be read as this model's type.", innerException) =>
        (KeyPattern, SchemaVersion) = (keyPattern, schemaVersion);

    /// <summary>The pattern of the document's key.</summary>
    public string KeyPattern { get; }

    /// <summary>The version of the schema that the document says it has.</summary>
    public int SchemaVersion { get; }
}
