namespace RedisPatterns;

/// <summary>How ids are written as text, and read back: one text for each id and one id for each text.</summary>
/// <remarks>
/// For a type of your own use <see cref="IdConverter.Create"/>. What derives from this must give two ids the same text only
/// when they are the same id. Thread-safe.
/// </remarks>
/// <typeparam name="TId">The type of the ids.</typeparam>
public abstract class IdConverter<TId>
{
    private static readonly IdConverter<TId>? Known = DefaultIdConverters.Find<TId>();

    /// <summary>The converter of a type that needs none of your own.</summary>
    /// <remarks>
    /// <see cref="string"/>: the text itself, case and normalization kept. <see cref="Guid"/>: 32 hexadecimal digits with
    /// hyphens, lower case. <see cref="Ulid"/>: its 26 characters, upper case. <see cref="byte"/>, <see cref="short"/>,
    /// <see cref="ushort"/>, <see cref="int"/>, <see cref="uint"/>, <see cref="long"/>, <see cref="ulong"/>: decimal digits.
    /// </remarks>
    /// <exception cref="ModelException">The type is none of these.</exception>
#pragma warning disable CA1000 // As EqualityComparer<T>.Default: the type is what is asked for.
    public static IdConverter<TId> Default => Known ?? throw new ModelException(
        $"Ids of type {typeof(TId).Name} have no converter: give one, for example by {nameof(IdConverter)}.{nameof(IdConverter.Create)}.");
#pragma warning restore CA1000

    /// <summary>The text of an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The text; null or empty for an id that is not valid, which a repository refuses with <see cref="EntityIdException"/>.</returns>
    public abstract string ToText(TId id);

    /// <summary>The id with a text.</summary>
    /// <param name="text">What <see cref="ToText"/> gave.</param>
    /// <exception cref="FormatException">No id is written like that: also one that is, but otherwise, such as <c>007</c>.</exception>
    public abstract TId FromText(string text);
}
