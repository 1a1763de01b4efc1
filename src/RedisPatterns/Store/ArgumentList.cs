namespace RedisPatterns;

/// <summary>Collects the arguments of a command.</summary>
internal sealed class ArgumentList(int capacity)
{
    private readonly List<StoreValue> _arguments = new(capacity);

    public ArgumentList Add(StoreValue argument)
    {
        _arguments.Add(argument);
        return this;
    }

    public ArgumentList AddKey(StoreKey key) => Add(StoreValue.FromKey(key));

    public ArgumentList AddIf(bool wanted, string word) => wanted ? Add(word) : this;

    public ArgumentList AddAll(ReadOnlySpan<StoreValue> arguments)
    {
        foreach (var argument in arguments)
        {
            _arguments.Add(argument);
        }

        return this;
    }

    public ArgumentList AddAll(ReadOnlySpan<StoreKey> keys)
    {
        foreach (var key in keys)
        {
            AddKey(key);
        }

        return this;
    }

    public StoreValue[] ToArray() => [.. _arguments];
}
