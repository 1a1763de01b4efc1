namespace RedisPatterns;

/// <summary>Makes converters of ids.</summary>
public static class IdConverter
{
    /// <summary>The converter of a strong-typed id, such as <c>readonly record struct UserId(Guid Value)</c>.</summary>
    /// <remarks>
    /// The text is that of the inner value. A text whose inner value the id does not keep as it is (because it changes it, or
    /// refuses it with an <see cref="ArgumentException"/> or <see cref="OverflowException"/>) is refused with
    /// <see cref="FormatException"/>. A null id has no text.
    /// </remarks>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="TInner">A type with a default converter: a string, Guid, <see cref="Ulid"/> or integer.</typeparam>
    /// <param name="toInner">Gives the inner value of an id; different ids have different ones.</param>
    /// <param name="fromInner">Gives the id of an inner value.</param>
    /// <exception cref="ModelException">The inner type has no default converter.</exception>
    public static IdConverter<TId> Create<TId, TInner>(Func<TId, TInner> toInner, Func<TInner, TId> fromInner)
    {
        ArgumentNullException.ThrowIfNull(toInner);
        ArgumentNullException.ThrowIfNull(fromInner);
        return new MappedIdConverter<TId, TInner>(IdConverter<TInner>.Default, toInner, fromInner);
    }
}
