using System.Globalization;

namespace RedisPatterns;

/// <summary>How the numbers of a total are kept: as whole numbers of a unit.</summary>
/// <typeparam name="TNumber">The type of the total.</typeparam>
internal sealed class TotalUnit<TNumber>
    where TNumber : struct
{
    // What scripts count with exactly.
    private const long GreatestNumber = (1L << 53) - 1;

    private readonly int _decimals;
    private readonly Func<TNumber, decimal> _toDecimal;
    private readonly Func<long, TNumber> _ofUnits;

    public TotalUnit(string signature, int decimals, Func<TNumber, decimal> toDecimal, Func<long, TNumber> ofUnits) =>
        (Signature, _decimals, _toDecimal, _ofUnits) = (signature, decimals, toDecimal, ofUnits);

    /// <summary>What tells the unit apart in definitions; empty for a count.</summary>
    public string Signature { get; }

    public bool IsCount => Signature.Length == 0;

    /// <summary>A number of an entity in units.</summary>
    /// <exception cref="IndexValueException">It has more decimals than the total keeps, or is too great.</exception>
    public long Write<T>(TNumber number, EntityIndex<T> index)
        where T : class
    {
        var value = _toDecimal(number);
        if (Math.Abs(value) > GreatestNumber)
        {
            throw TooGreat();
        }

        for (var i = 0; i < _decimals; i++)
        {
            value *= 10;
        }

        return Math.Abs(value) > GreatestNumber ? throw TooGreat()
            : value != decimal.Truncate(value) ? throw new IndexValueException(index.Model.Name, index.Name, string.Create(CultureInfo.InvariantCulture, $"the total keeps {_decimals} decimals."))
            : (long)value;

        IndexValueException TooGreat() => new(index.Model.Name, index.Name, "a number beyond 2^53 units can not be summed.");
    }

    /// <summary>A total of units.</summary>
    public TNumber Read(long units) => _ofUnits(units);
}
