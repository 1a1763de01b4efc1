namespace RedisPatterns;

/// <summary>One write of one entity, as a part of a commit.</summary>
internal abstract class EntityOperation(EntityKeys keys, EntityShape shape, WriteKind kind, string token)
{
    public EntityKeys Keys { get; } = keys;

    public EntityShape Shape { get; } = shape;

    public WriteKind Kind { get; protected set; } = kind;

    public string Token { get; } = token;

    /// <summary>The version the stored entity must have, or the empty string.</summary>
    public StoreValue Expected { get; init; } = "";

    /// <summary>Whether the entity must exist even where the verb alone would not demand it.</summary>
    public bool MustExist { get; set; }

    /// <summary>Whether it changes anything.</summary>
    public bool Writes => Kind is not (WriteKind.Require or WriteKind.RequireAbsent);

    /// <summary>The memo the stored entity must have: <c>=</c> and the memo, <c>-</c> for none, the empty string for any.</summary>
    public StoreValue ExpectedMemo { get; set; } = "";

    /// <summary>A key that must not exist, in a commit of this operation alone; null for none.</summary>
    public StoreKey Guard { get; set; }

    /// <summary>The lease that must be held; null for none.</summary>
    public LeaseFence? Fence { get; protected init; }

    /// <summary>The digest of what must be stored: <see cref="EntityState"/>; <c>-</c> for nothing, the empty string for anything.</summary>
    public string ExpectedState { get; protected set; } = "";

    /// <summary>Whether shape and indexes are to be written into the catalogue; now and then for each process and repository.</summary>
    public bool Registers { get; protected init; }

    /// <summary>
    /// How that is written, as a letter: <c>R</c> by a write of code that knows all indexes there are, <c>C</c> by one that
    /// does not and says what it leaves out, <c>P</c> by one that writes entries anew; the empty string when it is not.
    /// </summary>
    public virtual string RegistrationMark => Registers ? "R" : "";

    /// <summary>What is written into the catalogue: letter, shape and definitions.</summary>
    public virtual string Registration => RegistrationMark is { Length: > 0 } mark ? mark + Shape.Registration : "";

    /// <summary>What becomes of the entity's expiry: a code of <see cref="ExpiryRule{T}"/>.</summary>
    public string Expiry { get; protected set; } = "K";

    /// <summary>The version of the schema that is written.</summary>
    public int SchemaVersion { get; protected set; } = shape.Schema;

    /// <summary>What a script has to do for it.</summary>
    public ScriptParts Parts =>
        (Kind switch
        {
            WriteKind.Delete or WriteKind.Sweep => ScriptParts.Delete,
            WriteKind.Patch => ScriptParts.Patch | PatchParts,
            WriteKind.Touch or WriteKind.Require or WriteKind.RequireAbsent => ScriptParts.None,
            WriteKind.Reindex => ScriptParts.Reindex,
            _ => ScriptParts.Put,
        })
        | (RegistrationMark.Length > 0 ? ScriptParts.Register : ScriptParts.None)
        | (Guard.IsNull ? ScriptParts.None : ScriptParts.Guard)
        | (Fence is null ? ScriptParts.None : ScriptParts.Fence)
        | (MustExist || !Writes ? ScriptParts.Require : ScriptParts.None)
        | (ExpectedState.Length > 0 ? ScriptParts.State : ScriptParts.None)
        | (Shape.Expires ? ScriptParts.Expiry : ScriptParts.None);

    /// <summary>What a script has to do for the steps of a patch.</summary>
    protected virtual ScriptParts PatchParts => ScriptParts.None;

    /// <summary>Whether it reads what is stored before it writes.</summary>
    public virtual bool ReadsEntity => false;

    /// <summary>Whether what it gives back comes of what it has read.</summary>
    public virtual bool GivesWhatItRead => false;

    /// <summary>Whether <see cref="PrepareAsync"/> must run before the next attempt.</summary>
    public virtual bool NeedsPreparation => false;

    /// <summary>The keys of the entity that a write touches beside its own and that are known now; for servers where all must be declared.</summary>
    public virtual IEnumerable<StoreKey> ExtraKeys => [];

    /// <summary>Reads what the operation depends on, or writes ahead what it refers to.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public virtual ValueTask PrepareAsync(CancellationToken cancellationToken) => default;

    /// <summary>Undoes what was written ahead, after a refusal.</summary>
    public virtual ValueTask DiscardAsync() => default;

    /// <summary>Told that the script can not do it alone.</summary>
    /// <returns>Whether there is another way, by <see cref="PrepareAsync"/>.</returns>
    public virtual bool FallBack() => false;

    /// <summary>Writes the keys of the operation.</summary>
    public void FillKeys(Span<StoreKey> target)
    {
        target[0] = Keys.Entity(Token);
        if (Shape.HasMemo)
        {
            target[1] = Keys.Memo(Token);
            target[2] = Keys.Catalogue;
        }

        if (Shape.IsSwept)
        {
            target[3] = Keys.Expiry;
        }

        if (Shape.Totals.Count > 0)
        {
            target[Shape.FirstIndexKey - 1] = Keys.Recount;
        }

        Keys.Indexes.CopyTo(target[Shape.FirstIndexKey..]);
    }

    /// <summary>Adds the arguments of the operation.</summary>
    public void AddArguments(List<StoreValue> target, int function)
    {
        target.Add(function);
        target.Add(((char)Kind).ToString());
        target.Add(Token);
        target.Add(MustExist ? "+" + Expected.AsText() : Expected);
        target.Add(ExpectedMemo);
        target.Add(ExpectedState);
        target.Add(SchemaVersion);
        target.Add(Registration);
        var entries = target.Count;
        for (var i = 0; i < Shape.IndexCount; i++)
        {
            target.Add("");
        }

        FillEntries(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(target)[entries..]);
        if (Shape.Expires)
        {
            target.Add(Expiry);
        }

        var content = Content;
        target.Add(content.Length);
        target.AddRange(content);
    }

    /// <summary>The script call that carries out this operation alone; null when there is no script for just that.</summary>
    public virtual ScriptCall<EntityWriteReply>? SingleCall()
    {
        if (Fence is not null || RegistrationMark.Length > 0 || SchemaVersion != Shape.Schema || (Shape.GuardsSchema && Kind == WriteKind.Update))
        {
            return null;
        }

        var (script, form) = (Kind, ExpectedState.Length > 0) switch
        {
            (WriteKind.Insert, false) => (Shape.InsertScript, SingleForm.Insert),
            (WriteKind.Update, false) => (Shape.UpdateScript, SingleForm.Update),
            (WriteKind.Update, true) => (Shape.ReplaceScript, SingleForm.Replacement),
            _ => default,
        };
        var content = Content.AsSpan(script is null ? 0 : SingleForm.LeftOut(Shape));
        if (script is null || content.Length > (Shape.Layout == LayoutKind.Document ? 1 : EntitySingleScript.GreatestContent))
        {
            return null;
        }

        var first = form.FirstContent(Shape) - 1;
        var arguments = new StoreValue[first + content.Length];
        if (Shape.HasMemo)
        {
            arguments[0] = Token;
            if (Kind == WriteKind.Update)
            {
                arguments[1] = Expected;
                arguments[2] = Expected.IsInteger ? Expected.AsInt64() + 1 : "";
            }

            FillEntries(arguments.AsSpan(form.HeadCount(Shape), Shape.IndexCount));
        }

        if (form.Compares)
        {
            arguments[first - 1] = ExpectedState;
        }

        content.CopyTo(arguments.AsSpan(first));
        return script.With(AllKeys(), arguments);
    }

    /// <summary>The keys of the operation.</summary>
    protected StoreKey[] AllKeys()
    {
        var keys = new StoreKey[Shape.KeyCount];
        FillKeys(keys);
        return keys;
    }

    /// <summary>The command that carries out this operation alone, where nothing but the content is written.</summary>
    public virtual StoreCommand<bool>? PlainCommand() => null;

    /// <summary>What the reply of <see cref="PlainCommand"/> says; null when it has written nothing and the script must say why.</summary>
    public virtual EntityWriteReply? ReadPlain(bool written) => null;

    /// <summary>Takes in the version that was written; 0 for a delete that found nothing.</summary>
    public abstract void Applied(long version);

    /// <summary>
    /// What is to be written before entities of which nothing is remembered: that there are such, should the model be given
    /// indexes later. Null when it was written.
    /// </summary>
    public virtual StoreCommand<bool>? Announcement => null;

    /// <summary>Told that it was written.</summary>
    public virtual void Announced()
    {
    }

    /// <summary>Told that the indexes in the store are not what the write took them for.</summary>
    /// <returns>Whether it is worth another attempt.</returns>
    public virtual bool Adapt(int refusal) => false;

    /// <summary>The exception for a refusal.</summary>
    public abstract Exception Refusal(EntityWriteReply reply);

    /// <summary>Writes the index entries.</summary>
    public virtual void FillEntries(Span<StoreValue> target) => target.Fill("");

    /// <summary>The further arguments: what the layout writes, or the changes of a patch.</summary>
    protected virtual StoreValue[] Content => [];
}
