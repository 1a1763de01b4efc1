namespace RedisPatterns;

/// <summary>An index of a model: a named access pattern. Declared by the model, used as a typed handle in queries.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
public abstract class EntityIndex<T>
    where T : class
{
    private protected EntityIndex(EntityModelBase<T> model, string name, IndexKind kind, IndexForm form, string signature, int revision, Func<T, bool>? when)
    {
        KeyGrammar.ThrowIfBadName(name, $"an index of {model.Name}");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(revision);
        Model = model;
        Name = name;
        Kind = kind;
        Revision = revision;
        Slot = new IndexSlot(form, KeyGrammar.Revision(name, revision), signature);
        When = when;
    }

    /// <summary>The name, part of the index's keys.</summary>
    public string Name { get; }

    /// <summary>The kind.</summary>
    public IndexKind Kind { get; }

    /// <summary>The revision of the index's definition: 1, or what the model says since the definition has changed.</summary>
    public int Revision { get; }

    internal EntityModelBase<T> Model { get; }

    /// <summary>The index as scripts know it.</summary>
    internal IndexSlot Slot { get; }

    /// <summary>What the index is: how it is held, and how its values are written. One whose definition has changed must be built anew.</summary>
    internal virtual string Definition => Slot.ToString();

    /// <summary>The field of the catalogue that tells the index's state.</summary>
    internal string CatalogueField => field ??= IndexField.OfDefinition(Definition);

    /// <summary>What that field holds when the index is ready.</summary>
    internal string ReadyField => field ??= IndexField.ReadyValue(Definition);

    /// <summary>Which entities have an entry; null for all that have a value.</summary>
    internal Func<T, bool>? When { get; }

    /// <summary>The index's place among those that are held in the same way.</summary>
    internal int Place { get; set; }

    /// <summary>The field that the entry follows from alone; null when the model gives a function of the whole entity.</summary>
    internal EntityField<T>? Source { get; init; }

    /// <summary>The fields that the entry of an index without a <see cref="Source"/> follows from; null when it may follow from any.</summary>
    internal IReadOnlyList<EntityField<T>>? From { get; private protected init; }

    /// <summary>Whether the entry is the field's value itself, without a function of the model's in between.</summary>
    internal bool IsDirect { get; init; }

    /// <summary>The name of the model and of the index.</summary>
    public override string ToString() => $"{Model.Name}.{Name}";

    /// <summary>The entity's entry as the write script takes it; the empty string for none.</summary>
    internal StoreValue EntryOf(T entity) => When is null || When(entity) ? EntryOfEntity(entity) : "";

    /// <summary>The entry that follows from a value of <see cref="Source"/>.</summary>
    internal abstract StoreValue EntryOfSource(object? value);

    private protected abstract StoreValue EntryOfEntity(T entity);
}
