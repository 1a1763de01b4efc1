namespace RedisPatterns;

/// <summary>A write was refused because of what is stored, or a read met what it can not read. Nothing was written.</summary>
public abstract class EntityException : StoreException
{
    private protected EntityException(string model, string message, Exception? innerException = null)
        : base(message, innerException) => Model = model;

    /// <summary>The name of the model.</summary>
    public string Model { get; }

    /// <summary>The place of the refused operation in its <see cref="Change"/>, counted from 0; 0 for a single write.</summary>
    public int Operation { get; init; }
}
