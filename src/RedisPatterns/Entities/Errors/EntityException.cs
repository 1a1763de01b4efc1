namespace RedisPatterns;

/// <summary>A write was refused because of what is stored, or a read met what it can not read. Nothing was written.</summary>
public abstract class EntityException : StoreException
{
    private int _operation;

    private protected EntityException(string model, string message, Exception? innerException = null)
        : base(message, innerException) => Model = model;

    /// <summary>The name of the model.</summary>
    public string Model { get; }

    /// <summary>The place of the refused operation in its <see cref="Change"/>, counted from 0; 0 for a single write.</summary>
    public int Operation
    {
        get => _operation;
        init => _operation = value;
    }

    /// <summary>The same refusal, at its place in a change.</summary>
    internal EntityException At(int operation)
    {
        _operation = operation;
        return this;
    }
}
