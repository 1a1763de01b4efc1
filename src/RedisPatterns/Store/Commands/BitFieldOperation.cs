namespace RedisPatterns.Commands;

/// <summary>An operation on a bit field of a string.</summary>
public readonly record struct BitFieldOperation
{
    private const long Bits = 8L * 512 * 1024 * 1024;

    private readonly string? _word;
    private readonly BitFieldType _type;
    private readonly long _offset;
    private readonly long _number;
    private readonly BitOverflow _overflow;

    private BitFieldOperation(string word, BitFieldType type, long offset, long number = 0, BitOverflow overflow = BitOverflow.Wrap)
    {
        if (type.Width == 0)
        {
            throw new ArgumentException("The bit field has no type.", nameof(type));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Bits - type.Width);
        if (overflow is < BitOverflow.Wrap or > BitOverflow.Fail)
        {
            throw new ArgumentOutOfRangeException(nameof(overflow), "No such overflow mode.");
        }

        _word = word;
        _type = type;
        _offset = offset;
        _number = number;
        _overflow = overflow;
    }

    /// <summary>Whether this only reads.</summary>
    public bool IsGet => _word == "GET";

    /// <summary>Reads a field; its reply is the number, 0 beyond the end of the string.</summary>
    /// <param name="type">The field's type.</param>
    /// <param name="offset">Where it begins, in bits; it must end within 512 MB.</param>
    public static BitFieldOperation Get(BitFieldType type, long offset) => new("GET", type, offset);

    /// <summary>Sets a field; its reply is the number before.</summary>
    /// <param name="type">The field's type.</param>
    /// <param name="offset">Where it begins, in bits; it must end within 512 MB.</param>
    /// <param name="number">The number.</param>
    /// <param name="overflow">What happens when the number does not fit.</param>
    public static BitFieldOperation Set(BitFieldType type, long offset, long number, BitOverflow overflow = BitOverflow.Wrap) =>
        new("SET", type, offset, number, overflow);

    /// <summary>Adds to a field; its reply is the sum.</summary>
    /// <param name="type">The field's type.</param>
    /// <param name="offset">Where it begins, in bits; it must end within 512 MB.</param>
    /// <param name="increment">What is added; may be negative.</param>
    /// <param name="overflow">What happens when the sum does not fit.</param>
    public static BitFieldOperation Increment(BitFieldType type, long offset, long increment, BitOverflow overflow = BitOverflow.Wrap) =>
        new("INCRBY", type, offset, increment, overflow);

    /// <summary>Adds the words of <c>BITFIELD</c>, with <c>OVERFLOW</c> only where the mode changes.</summary>
    internal void AddTo(ArgumentList arguments, ref BitOverflow mode)
    {
        if (_word is null)
        {
            throw new ArgumentException("The operation is default, which does nothing.", nameof(arguments));
        }

        if (!IsGet && _overflow != mode)
        {
            mode = _overflow;
            arguments.Add("OVERFLOW").Add(mode switch
            {
                BitOverflow.Saturate => "SAT",
                BitOverflow.Fail => "FAIL",
                _ => "WRAP",
            });
        }

        arguments.Add(_word).Add(_type.ToString()).Add(_offset);
        if (!IsGet)
        {
            arguments.Add(_number);
        }
    }
}
