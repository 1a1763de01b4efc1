namespace RedisPatterns;

/// <summary>The converter of a strong-typed id, whose text is that of its inner value.</summary>
internal sealed class MappedIdConverter<TId, TInner>(IdConverter<TInner> inner, Func<TId, TInner> toInner, Func<TInner, TId> fromInner) : IdConverter<TId>
{
    public override string ToText(TId id) => id is null ? null! : inner.ToText(toInner(id));

    public override TId FromText(string text)
    {
        var value = inner.FromText(text);
        TId id;
        try
        {
            id = fromInner(value);
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw new FormatException(DefaultIdConverters.NotAnId(typeof(TId).Name).Message, exception);
        }

        return id is not null && EqualityComparer<TInner>.Default.Equals(toInner(id), value) ? id : throw DefaultIdConverters.NotAnId(typeof(TId).Name);
    }
}
