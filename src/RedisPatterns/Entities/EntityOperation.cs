namespace RedisPatterns;

/// <summary>One write of one entity, as a part of a commit.</summary>
internal abstract class EntityOperation(EntityKeys keys, EntityShape shape, WriteKind kind, string token)
{
    public EntityKeys Keys { get; } = keys;

    public EntityShape Shape { get; } = shape;

    public WriteKind Kind { get; } = kind;

    public string Token { get; } = token;

    /// <summary>The version the stored entity must have, or the empty string.</summary>
    public StoreValue Expected { get; init; } = "";

    /// <summary>The memo the stored entity must have: <c>=</c> and the memo, <c>-</c> for none, the empty string for any.</summary>
    public StoreValue ExpectedMemo { get; set; } = "";

    /// <summary>Whether the shape is to be written into the catalogue; once for each process and repository.</summary>
    public bool Registers { get; set; }

    /// <summary>Writes the keys of the operation.</summary>
    public void FillKeys(Span<StoreKey> target)
    {
        target[0] = Keys.Entity(Token);
        target[1] = Keys.Memo(Token);
        target[2] = Keys.Catalogue;
        Keys.Indexes.CopyTo(target[3..]);
    }

    /// <summary>Writes the arguments of the operation.</summary>
    public void FillArguments(Span<StoreValue> target, int function)
    {
        target[0] = function;
        target[1] = VerbOf(Kind);
        target[2] = Token;
        target[3] = Expected;
        target[4] = ExpectedMemo;
        target[5] = Registers ? Shape.Description : "";
        FillEntries(target.Slice(6, Shape.IndexCount));
        target[6 + Shape.IndexCount] = Head;
        target[7 + Shape.IndexCount] = Tail;
    }

    /// <summary>The script call that carries out this operation alone; null when there is no script for just that.</summary>
    public ScriptCall<EntityWriteReply>? SingleCall()
    {
        if (Registers || Kind is not (WriteKind.Insert or WriteKind.Update) || (Kind == WriteKind.Insert ? Shape.InsertScript : Shape.UpdateScript) is not { } script)
        {
            return null;
        }

        var keys = new StoreKey[Shape.KeyCount];
        FillKeys(keys);
        var first = EntitySingleScript.FirstEntry(Kind);
        var arguments = new StoreValue[first + Shape.IndexCount + 1];
        arguments[0] = Token;
        if (Kind == WriteKind.Update)
        {
            arguments[1] = Expected;
            arguments[2] = Expected.IsInteger ? Expected.AsInt64() + 1 : "";
        }

        FillEntries(arguments.AsSpan(first, Shape.IndexCount));
        arguments[^1] = Head;
        return script.With(keys, arguments);
    }

    /// <summary>Takes in the version that was written; 0 for a delete that found nothing.</summary>
    public abstract void Applied(long version);

    /// <summary>The exception for a refusal.</summary>
    public abstract StoreException Refusal(EntityWriteReply reply);

    protected abstract void FillEntries(Span<StoreValue> target);

    /// <summary>The document, or what stands in it before the version.</summary>
    protected abstract StoreValue Head { get; }

    /// <summary>What stands in the document behind the version; empty when the head is all of it.</summary>
    protected abstract StoreValue Tail { get; }

    private static StoreValue VerbOf(WriteKind kind) => kind switch
    {
        WriteKind.Insert => "I",
        WriteKind.Update => "U",
        WriteKind.Upsert => "P",
        _ => "D",
    };
}
