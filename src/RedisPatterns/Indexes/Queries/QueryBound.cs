namespace RedisPatterns;

/// <summary>A bound of a range of scores as Redis writes it: a parenthesis before the number leaves the number out.</summary>
internal readonly record struct QueryBound(double Value, bool IsExclusive)
{
    public static QueryBound Parse(StoreValue text)
    {
        var bound = text.AsText()!;
        return bound.StartsWith('(') ? new(((StoreValue)bound[1..]).AsDouble(), true) : new(text.AsDouble(), false);
    }

    public StoreValue ToArgument()
    {
        var number = double.IsPositiveInfinity(Value) ? "+inf" : StoreValue.FormatDouble(Value);
        return IsExclusive ? "(" + number : number;
    }
}
