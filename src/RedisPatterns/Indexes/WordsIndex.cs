namespace RedisPatterns;

/// <summary>An index on several words of an entity: entities by any of the words, or by its beginning.</summary>
/// <remarks>
/// The model says what the words are, and normalizes them; null and empty ones are passed over, equal ones count once.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
public sealed class WordsIndex<T> : EntityIndex<T>
    where T : class
{
    private readonly Func<T, IEnumerable<string?>?> _values;
    private readonly Func<object?, IEnumerable<string?>?>? _ofSource;

    internal WordsIndex(EntityModelBase<T> model, string name, Func<T, IEnumerable<string?>?> values, Func<object?, IEnumerable<string?>?>? ofSource, int revision, Func<T, bool>? when)
        : base(model, name, IndexKind.Words, IndexForm.Texts, "s", revision, when) => (_values, _ofSource) = (values, ofSource);

    /// <summary>The entities that have the word.</summary>
    /// <param name="word">The word as the model normalizes it; null or empty matches nothing.</param>
    public Filter<T> Is(string? word) => string.IsNullOrEmpty(word)
        ? !Filter<T>.Everything(Model)
        : new TextFilter<T>(this, TextRange.Beginning(OrderedText.Of(word, descending: false, this) + OrderedText.Separator));

    /// <summary>The entities that have a word with a beginning.</summary>
    /// <param name="text">The beginning as the model normalizes it; the empty text asks for those that have a word at all.</param>
    public Filter<T> StartsWith(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new TextFilter<T>(this, TextRange.Starting("", text, descending: false));
    }

    internal override StoreValue EntryOfSource(object? value) => Entry(_ofSource!(value));

    private protected override StoreValue EntryOfEntity(T entity) => Entry(_values(entity));

    private string Entry(IEnumerable<string?>? words)
    {
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var word in words ?? [])
        {
            if (!string.IsNullOrEmpty(word))
            {
                texts.Add(OrderedText.Of(word, descending: false, this));
            }
        }

        return string.Join(',', texts);
    }
}
