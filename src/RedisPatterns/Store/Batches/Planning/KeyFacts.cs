using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>What is known of a key at a point of a batch.</summary>
internal sealed class KeyFacts(StoreKey key)
{
    private Dictionary<StoreValue, ContentFact>? _fields;
    private ContentKind _otherFields;

    public StoreKey Key { get; } = key;

    public TypeFact Fact { get; private set; }

    /// <summary>The type, when it is checked.</summary>
    public DataType Type { get; private set; }

    /// <summary>The key is as it was before the batch, apart from its time to live.</summary>
    public bool IsUntouched { get; private set; } = true;

    /// <summary>The number of elements is what it was before the batch.</summary>
    public bool HasInitialLength { get; set; } = true;

    /// <summary>The string at the key.</summary>
    public ContentFact Text { get; private set; }

    /// <summary>The last id of the stream, when the batch has set it.</summary>
    public StreamId? LastId { get; set; }

    /// <summary>The type has been checked, and the data may or may not have been changed.</summary>
    public void Check(DataType type)
    {
        if (Fact != TypeFact.Absent)
        {
            Fact = TypeFact.Checked;
            Type = type;
        }
    }

    /// <summary>The key does not exist any more.</summary>
    public void Remove()
    {
        Fact = TypeFact.Absent;
        Touch(ContentFact.Absent);
        LastId = null;
    }

    /// <summary>The key holds something that the batch has put there.</summary>
    public void Put(DataType type, ContentFact text = default)
    {
        Fact = TypeFact.Checked;
        Type = type;
        Touch(text.Kind == ContentKind.Initial ? ContentFact.Changed : text);
        LastId = null;
    }

    /// <summary>The string has been changed.</summary>
    public void Write(ContentFact text)
    {
        Fact = TypeFact.Checked;
        Type = DataType.String;
        IsUntouched = false;
        HasInitialLength = false;
        Text = text;
    }

    /// <summary>The elements have been changed, their type has not.</summary>
    public void Change(DataType type)
    {
        Fact = TypeFact.Checked;
        Type = type;
        Touch(ContentFact.Changed);
    }

    /// <summary>The key may have gone, or may hold something else.</summary>
    public void Forget(bool mayHoldAnotherType)
    {
        if (mayHoldAnotherType || Fact == TypeFact.Absent)
        {
            Fact = TypeFact.Unknown;
        }

        Touch(ContentFact.Changed);
        LastId = null;
    }

    public ContentFact Field(StoreValue field) =>
        _fields is not null && _fields.TryGetValue(field, out var fact) ? fact : new ContentFact(_otherFields);

    public void SetField(StoreValue field, ContentFact fact)
    {
        Fact = TypeFact.Checked;
        Type = DataType.Hash;
        IsUntouched = false;
        HasInitialLength = false;
        (_fields ??= [])[field] = fact;
    }

    private void Touch(ContentFact text)
    {
        IsUntouched = false;
        HasInitialLength = false;
        Text = text;
        _fields = null;
        _otherFields = text.Kind == ContentKind.Absent ? ContentKind.Absent : ContentKind.Changed;
    }
}
