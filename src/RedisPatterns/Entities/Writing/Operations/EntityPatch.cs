using System.Globalization;
using System.Text.Json;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A patch of an entity: by the server alone where it can, else by reading, changing and writing it.</summary>
internal sealed class EntityPatch<T> : EntityOperation<T>
    where T : class
{
    private readonly List<PatchStep<T>> _steps;
    private readonly Expiry _expiry;
    private StoreValue[]? _entries;
    private readonly PatchOperation[] _operations = [];
    private StoreValue[]? _content;
    private Func<ValueTask>? _discard;
    private bool _reads;

    public EntityPatch(EntityStorage<T> storage, string token, List<PatchStep<T>> steps, long? expectedVersion, Expiry expiry)
        : base(storage, WriteKind.Patch, token)
    {
        if (steps.Count == 0)
        {
            throw new ArgumentException($"{storage.Schema.Name}: the patch changes nothing.");
        }

        Expected = expectedVersion is { } version ? version : "";
        _steps = steps;
        _expiry = expiry;
        Expiry = CodeOf(expiry, null);
        _entries = EntityScript.HasFields(Shape) && !(Schema.Expiry is { DependsOnEntity: true } && expiry.IsNone) && !MayChangeId(steps) ? PatchEntries.Of(Schema, steps) : null;
        _reads = _entries is null;
        if (!_reads)
        {
            _operations = new PatchOperation[steps.Count];
            for (var i = 0; i < _operations.Length; i++)
            {
                _operations[i] = OperationOf(steps[i], Shape.Layout == LayoutKind.Attributes ? KeyGrammar.Escape(steps[i].Field.Name) : steps[i].Field.Name);
            }
        }
    }

    /// <summary>Whether the entity is read first.</summary>
    public override bool NeedsPreparation => _reads;

    public override bool ReadsEntity => _reads;

    protected override StoreValue[] Content => _content ??= DirectContent();

    private StoreValue VersionName => Shape.Layout == LayoutKind.Attributes ? KeyGrammar.EscapeName(Schema.VersionMember ?? "") : Schema.VersionMember ?? "";

    protected override ScriptParts PatchParts => _steps.Aggregate(ScriptParts.None, static (parts, step) => parts | step.Kind switch
    {
        PatchKind.IncrementNumber => ScriptParts.Numbers,
        PatchKind.IncrementFloat => ScriptParts.Floats,
        PatchKind.Append => ScriptParts.Append,
        PatchKind.Remove => ScriptParts.Remove,
        _ => ScriptParts.None,
    });

    public override IEnumerable<StoreKey> ExtraKeys => _reads
        ? LayoutKeys.Of(Shape.Layout, Keys.Entity(Token), Content)
        : Shape.Layout == LayoutKind.Attributes ? _steps.Select(step => (StoreKey)KeyGrammar.Attribute(Keys.Entity(Token).ToString(), KeyGrammar.Escape(step.Field.Name))) : [];

    public override bool FallBack()
    {
        if (_reads)
        {
            return false;
        }

        _reads = true;
        return true;
    }

    public override void FillEntries(Span<StoreValue> target) => _entries.CopyTo(target);

    public override ScriptCall<EntityWriteReply>? SingleCall()
    {
        if (Kind != WriteKind.Patch)
        {
            return base.SingleCall();
        }

        var countsUp = Schema.VersionMember is not null;
        var signature = Fence is not null || RegistrationMark.Length > 0 ? default : SingleForm.SignatureOf(_operations, _entries, countsUp, stackalloc char[SingleForm.GreatestSignature]);
        if (signature.IsEmpty || Shape.PatchScript(signature, out var form) is not { } script)
        {
            return null;
        }

        var arguments = new StoreValue[form.FirstContent(Shape) - 1 + (2 * _operations.Length)];
        if (Shape.HasMemo)
        {
            arguments[0] = Token;
            arguments[1] = Expected;
        }

        if (countsUp)
        {
            arguments[SingleForm.PlaceOfVersionMember - 1] = VersionName;
        }

        for (var i = 1; i <= Shape.IndexCount; i++)
        {
            if (form.PlaceOfEntry(Shape, i) is var place and > 0)
            {
                arguments[place - 1] = _entries![i - 1];
            }
        }

        for (var i = 0; i < _operations.Length; i++)
        {
            var place = form.PlaceOfStep(Shape, i);
            arguments[place - 1] = _operations[i].Field;
            arguments[place] = _operations[i].Value;
        }

        return script.With(AllKeys(), arguments);
    }

    public override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        await DiscardAsync().ConfigureAwait(false);
        var stored = await Storage.Reader.ReadStoredAsync(Token, cancellationToken).ConfigureAwait(false) ?? throw new EntityNotFoundException(Schema.Name);
        var table = TableOf(stored);
        var run = PatchRun.Plan(_steps.ConvertAll(step => OperationOf(step, step.Field.Name)).ToArray(), field => table.TryGet(field, out var text) ? text : default);
        if (run.Refusal.Code < 0)
        {
            // The entity is read: what the server leaves to the client can not be done here either.
            throw Refusal(new EntityWriteReply(EntityWriteReply.BadPatch, 0, run.Refusal.Detail, []));
        }

        foreach (var (field, text) in run.Changes)
        {
            if (text.IsNull)
            {
                table.Remove(field);
            }
            else
            {
                table.Set(field, text);
            }
        }

        CountUp(table, stored);
        var body = table.Join();
        SchemaVersion = Schema.SchemaAfter(stored.Schema);
        var entity = Schema.Read(body, SchemaVersion, Keys.EntityPattern);
        if (Schema.TokenOf(entity) != Token)
        {
            throw new ModelException($"{Schema.Name}: a patch can not change the id.");
        }

        _entries = new StoreValue[Shape.IndexCount];
        Schema.EntriesOf(entity, _entries);
        Kind = WriteKind.Update;
        ExpectedState = stored.Digest;
        Expiry = _expiry.IsNone && Schema.Expiry is { } rule ? rule.DefaultOf(WriteKind.Patch, entity) : CodeOf(_expiry, entity);
        _content = await ContentOfAsync(table, body, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DiscardAsync()
    {
        if (_discard is { } discard)
        {
            _discard = null;
            await discard().ConfigureAwait(false);
        }
    }

    public override Exception Refusal(EntityWriteReply reply)
    {
        if (reply.Refusal != EntityWriteReply.BadPatch)
        {
            return base.Refusal(reply);
        }

        var field = _steps[(int)(reply.Detail / 10)].Field.Name;
        var reason = (PatchFault)(reply.Detail % 10) switch
        {
            PatchFault.NotANumber => "what is stored is not a number of the field's type.",
            PatchFault.OutOfRange => "the sum is out of the range of the field's type.",
            PatchFault.NotACollection => "what is stored is not a collection.",
            _ => "the sum has more digits than can be kept exactly.",
        };
        return new PatchException(Schema.Name, field, reason) { Operation = reply.Operation };
    }

    private bool MayChangeId(List<PatchStep<T>> steps)
    {
        foreach (var step in steps)
        {
            if (Schema.MayBeId(step.Field))
            {
                return true;
            }
        }

        return false;
    }

    private static PatchOperation OperationOf(PatchStep<T> step, string field) => new(step.Kind, field, step.Text, step.Range);

    private FieldTable TableOf(StoredEntity stored)
    {
        try
        {
            return FieldTable.Split(Schema.Upgraded(stored.Body, stored.Schema, Keys.EntityPattern), Schema.Names);
        }
        catch (JsonException exception)
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception, stored.Schema);
        }
    }

    // The state is compared, so the version that is stored then is the one that was read.
    private void CountUp(FieldTable table, StoredEntity stored)
    {
        if (Schema.VersionMember is not { } member)
        {
            return;
        }

        var version = stored.Version > 0 ? stored.Version
            : table.TryGet(member, out var text) && text.TryGetInt64(out var number) ? number : 0;
        table.Set(member, version + 1);
    }

    private StoreValue[] DirectContent()
    {
        var content = new List<StoreValue>
        {
            VersionName,
            Shape.Schema.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var operation in _operations)
        {
            content.AddRange([((char)operation.Kind).ToString(), operation.Field, operation.Value, operation.Range]);
        }

        return [.. content];
    }

    private async ValueTask<StoreValue[]> ContentOfAsync(FieldTable table, byte[] body, CancellationToken cancellationToken)
    {
        if (Shape.Layout != LayoutKind.Chunked)
        {
            return EntityScript.HasFields(Shape) ? EntityContent.OfFields(Schema, table, SchemaVersion) : EntityContent.OfBody(Schema, body, SchemaVersion);
        }

        var (content, discard) = await StagedContent.WriteAsync(
            Storage, Token, SchemaVersion, writer => writer.WriteAsync(body, cancellationToken), cancellationToken).ConfigureAwait(false);
        _discard = discard;
        return content;
    }
}
