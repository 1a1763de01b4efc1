using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>One operation of the write script, in C#.</summary>
internal sealed class EntityWriteTwin
{
    private readonly IScriptContext _context;
    private readonly IReadOnlyList<StoreValue> _arguments;
    private readonly EntityShape _shape;
    private readonly LayoutTwin _layout;
    private readonly int _firstKey;
    private readonly int _firstArgument;
    private readonly StoreValue[] _content;
    private readonly bool _isOneOfSeveral;

    public EntityWriteTwin(IScriptContext context, IReadOnlyList<StoreValue> arguments, EntityShape shape, int firstKey, int firstArgument)
    {
        _isOneOfSeveral = arguments[0].AsInt64() > 1;
        (_context, _arguments, _shape, _firstKey, _firstArgument) = (context, arguments, shape, firstKey, firstArgument);
        _layout = LayoutTwin.Of(shape.Layout);
        var count = firstArgument + EntityScript.FirstEntry + shape.IndexCount + (shape.Expires ? 1 : 0);
        _content = new StoreValue[arguments[count].AsInt64()];
        for (var i = 0; i < _content.Length; i++)
        {
            _content[i] = arguments[count + 1 + i];
        }

        ArgumentCount = count + 1 + _content.Length - firstArgument;
    }

    public int ArgumentCount { get; }

    private WriteKind Kind => (WriteKind)Argument(1)[0];

    private string Id => Argument(2);

    private StoreKey Document => _context.Keys[_firstKey];

    private StoreKey MemoBucket => _context.Keys[_firstKey + 1];

    private StoreKey Catalogue => _context.Keys[_firstKey + 2];

    private StoreKey Schedule => _context.Keys[_firstKey + 3];

    private StoreKey Recount => _context.Keys[_firstKey + _shape.FirstIndexKey - 1];

    private string Member => string.Concat(MemoBucket.ToString().AsSpan(MemoBucket.ToString().LastIndexOf(':') + 1), ":", Id);

    private string Expected => Argument(3).TrimStart('+');

    private string ExpiryCode => Argument(EntityScript.FirstEntry + _shape.IndexCount);

    public (int Refusal, long Detail) Apply(out long version)
    {
        version = 0;
        var live = _layout.IsLive(_context, Document);
        var state = Argument(5);
        if (state.Length > 0 && state != (live ? EntityState.DigestOf(_layout.StateOf(_context, Document)) : "-"))
        {
            return (EntityWriteReply.Changed, 0);
        }

        var kind = Kind;
        if (kind == WriteKind.RequireAbsent)
        {
            return (live ? EntityWriteReply.Exists : 0, 0);
        }

        if (Argument(3) is ['+', ..] && !live)
        {
            return (EntityWriteReply.NotFound, 0);
        }

        if (kind == WriteKind.Require)
        {
            version = !_shape.HasMemo ? 1
                : Memo.TryParse(_context.Call(Hashes.Get(MemoBucket, Id)).AsText() ?? "", out var memo) ? memo.Value.Version : 0;
            return Expected.Length > 0 && Expected != Text(version) ? (EntityWriteReply.WrongVersion, version) : default;
        }

        if (kind == WriteKind.Touch)
        {
            if (live && ExpiryTwin.EndOf(_context, ExpiryCode, live, Document) is { } touched)
            {
                if (_isOneOfSeveral)
                {
                    _layout.Save(_context, Document, []);
                }

                SetEnd(touched);
                if (_isOneOfSeveral && touched != 0 && touched <= _context.NowMilliseconds)
                {
                    _layout.Delete(_context, Document, _isOneOfSeveral);
                }
                else
                {
                    ExpiryTwin.Expire(_context, _layout.KeysOf(_context, Document), touched);
                }
            }

            version = live ? 1 : 0;
            return default;
        }

        if (kind == WriteKind.Sweep)
        {
            if (live)
            {
                SetEnd(_context.Call(Keys.ExpireTime(Document)).Moment?.ToUnixTimeMilliseconds() ?? 0);
                return default;
            }

            var refusal = Write(WriteKind.Delete, live, out _);
            version = 1;
            return refusal;
        }

        return Write(kind, live, out version);
    }

    /// <summary>Sweeps a few expired entities of the shape.</summary>
    public void Sweep()
    {
        if (_shape.IsSwept)
        {
            var document = Document.ToString();
            var bucket = MemoBucket.ToString();
            ExpiryTwin.Sweep(_context, Schedule, Catalogue, bucket[..(bucket.LastIndexOf(':') + 1)], document[..^Id.Length], EntityScript.SweptByWrite);
        }
    }

    private (int Refusal, long Detail) Write(WriteKind kind, bool live, out long version)
    {
        version = 0;
        var old = new string[_shape.SegmentCount];
        Array.Fill(old, "");
        var (stored, storedSchema) = (_shape.HasMemo || !live ? 0L : 1L, live && _shape.GuardsSchema ? SchemaNumber(_layout.StoredSchemaOf(_context, Document, _shape.IsJson)) : "");
        var isRemembered = false;
        string? alien = null;
        if (_shape.HasMemo)
        {
            var memoText = _context.Call(Hashes.Get(MemoBucket, Id)).AsText();
            var expectedMemo = Argument(4);
            if (expectedMemo.Length > 0 && expectedMemo != (memoText is null ? "-" : "=" + memoText))
            {
                return (EntityWriteReply.Changed, 0);
            }

            isRemembered = memoText is not null;
            if (memoText is not null && Memo.TryParse(memoText, out var memo))
            {
                (stored, storedSchema) = (memo.Value.Version, memo.Value.Schema);
                if (memo.Value.Stamp == _shape.Stamp && memo.Value.Segments.Length == old.Length)
                {
                    old = memo.Value.Segments;
                }
                else if (kind == WriteKind.Patch && live)
                {
                    return (EntityWriteReply.NeedsEntity, 0);
                }
                else
                {
                    ForeignEntries.Remove(_context, Catalogue, MemoBucket, memo.Value, Id);
                    alien = memo.Value.Stamp;
                }
            }
            else if (kind == WriteKind.Patch && live)
            {
                return (EntityWriteReply.NeedsEntity, 0);
            }
        }

        if (kind == WriteKind.Insert && live)
        {
            return (EntityWriteReply.Exists, 0);
        }

        if (!live && kind is WriteKind.Update or WriteKind.Patch or WriteKind.Rewrite)
        {
            return (EntityWriteReply.NotFound, 0);
        }

        if (live && Expected.Length > 0 && Expected != Text(stored))
        {
            return (EntityWriteReply.WrongVersion, stored);
        }

        if (live && storedSchema.Length > 0 && kind is not (WriteKind.Delete or WriteKind.Reindex) && long.Parse(storedSchema, CultureInfo.InvariantCulture) > long.Parse(Argument(6), CultureInfo.InvariantCulture))
        {
            return (EntityWriteReply.NewerSchema, long.Parse(storedSchema, CultureInfo.InvariantCulture));
        }

        version = !_shape.HasMemo || !live ? 1 : kind == WriteKind.Rewrite ? stored : stored + 1;
        if (kind == WriteKind.Reindex)
        {
            RemoveExtras();
            if (live)
            {
                version = _content[0].AsText() is { Length: > 0 } known ? long.Parse(known, CultureInfo.InvariantCulture) : isRemembered && stored != 0 ? stored : 1;
                live = false;
                isRemembered = true;
            }
            else
            {
                kind = WriteKind.Delete;
            }
        }

        PatchRun? patch = null;
        if (kind == WriteKind.Patch && EntityScript.HasFields(_shape))
        {
            if (_layout.SchemaOf(_context, Document) != _content[1].AsText())
            {
                return (EntityWriteReply.NeedsEntity, 0);
            }

            patch = PatchRun.Plan(_content.AsSpan(2), field => _layout.FieldOf(_context, Document, field));
            if (patch.Refusal.Code < 0)
            {
                return patch.Refusal;
            }
        }

        if (kind is not (WriteKind.Delete or WriteKind.Reindex) && _layout.Check(_context, Document, _content) is var lost and < 0)
        {
            return (lost, 0);
        }

        var current = new string[_shape.IndexCount];
        for (var i = 0; i < current.Length; i++)
        {
            var entry = Argument(EntityScript.FirstEntry + i);
            current[i] = patch is null ? entry : patch.EntryOf(entry, i < old.Length ? old[i] : "\u0001");
            if (i >= old.Length && entry is ['\u0002', ..] && current[i].Length > 15)
            {
                return (EntityWriteReply.NeedsEntity, 0);
            }
        }

        if (_shape.HasMemo && ChangeIndexes(kind, live, version, old, current, isRemembered, alien) is { Refusal: < 0 } refusal)
        {
            return refusal;
        }

        if (kind == WriteKind.Reindex)
        {
            SetEnd(_context.Call(Keys.ExpireTime(Document)).Moment?.ToUnixTimeMilliseconds() ?? 0);
            return default;
        }

        var end = !_shape.Expires ? null : kind == WriteKind.Delete ? 0 : ExpiryTwin.EndOf(_context, ExpiryCode, live, Document);
        if (end is { } moment)
        {
            SetEnd(moment);
        }

        if (_isOneOfSeveral)
        {
            _layout.Save(_context, Document, kind == WriteKind.Delete ? [] : WrittenFields(patch));
        }

        if (kind == WriteKind.Delete)
        {
            if (live)
            {
                _layout.Delete(_context, Document, _isOneOfSeveral);
            }

            version = live ? stored : 0;
            return default;
        }

        if (patch is not null)
        {
            _layout.Patch(_context, Document, patch.Changes, Text(version), _content[0].AsText()!);
        }
        else
        {
            _layout.Put(_context, Document, live, Text(version), _content, _shape.Expires && end is null, _shape.Grace);
        }

        if (end is { } at && (live || at != 0))
        {
            ExpiryTwin.Expire(_context, _layout.KeysOf(_context, Document), at);
        }

        return default;
    }

    private (int Refusal, long Detail) ChangeIndexes(WriteKind kind, bool live, long version, string[] old, string[] current, bool isRemembered, string? alien)
    {
        for (var i = 0; i < _shape.Uniques.Count; i++)
        {
            if (IsClaimedByAnother(i, current[i], old[i], live))
            {
                return (EntityWriteReply.Duplicate, i);
            }
        }

        var catalogue = new IndexCatalogue(_context, Catalogue);
        string[]? others = null;
        if (Argument(7) is { Length: > 0 } registration && catalogue.Register(_shape.Stamp, registration, out others) is { Refusal: < 0 } refusal)
        {
            return refusal;
        }

        if (kind == WriteKind.Delete)
        {
            _context.Call(Hashes.Delete(MemoBucket, Id));
            if (others is not null)
            {
                catalogue.Keep(Id, null, _shape.Slots, []);
            }
        }
        else
        {
            _context.Call(Hashes.Set(MemoBucket, Id, Memo.Format(_shape.Stamp, Text(version), Argument(6), current.Take(old.Length))));
            if (alien is not null || others is not null)
            {
                catalogue.Keep(Id, alien, _shape.Slots, others ?? []);
            }
        }

        for (var i = 0; i < _shape.Tags.Count; i++)
        {
            var place = _shape.Uniques.Count + i;
            if (!live || current[place] != old[place])
            {
                ChangeTag(place, current, old, live);
            }
        }

        for (var i = 0; i < _shape.Texts.Count; i++)
        {
            var place = _shape.Uniques.Count + _shape.Tags.Count + i;
            if (!live || current[place] != old[place])
            {
                ChangeText(place, current, old, live);
            }
        }

        for (var i = _shape.FirstTotal; i < old.Length; i++)
        {
            TotalTwin.Change(_context, Recount, MemoBucket, _shape.Slots[i].Form, IndexKey(i), old[i], current[i]);
        }

        for (var i = old.Length; i < current.Length; i++)
        {
            ChangeRange(IndexKey(i), current[i], isRemembered);
        }

        for (var i = 0; i < _shape.Uniques.Count; i++)
        {
            ChangeClaim(IndexKey(i), current[i], old[i], live);
        }

        return default;
    }

    private void RemoveExtras()
    {
        for (var i = 1; i < _content.Length; i += 2)
        {
            var place = (int)_content[i].AsInt64() - 1;
            var (key, value) = (IndexKey(place), _content[i + 1]);
            switch (_shape.Slots[place].Form)
            {
                case IndexForm.Claim when _context.Call(Hashes.Get(key, value)).AsText() == Id:
                    _context.Call(Hashes.Delete(key, value));
                    break;
                case IndexForm.Member or IndexForm.Members:
                    _context.Call(Sets.Remove(key.ToString() + value.AsText(), Id));
                    break;
                case IndexForm.Text or IndexForm.Texts or IndexForm.Score:
                    _context.Call(SortedSets.Remove(key, value));
                    break;
            }
        }
    }

    private static string SchemaNumber(string? text) => text is { Length: > 0 and < 10 } && text.All(char.IsAsciiDigit) ? text : "1";

    private IEnumerable<string> WrittenFields(PatchRun? patch)
    {
        if (patch is null)
        {
            return Enumerable.Range(0, (_content.Length - 1) / 2).Select(i => _content[2 + (2 * i)].AsText()!);
        }

        var fields = patch.Changes.Select(change => change.Field);
        return _content[0].AsText() is { Length: > 0 } version ? fields.Append(version) : fields;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private string Argument(int index) => _arguments[_firstArgument + index].AsText()!;

    private StoreKey IndexKey(int place) => _context.Keys[_firstKey + _shape.FirstIndexKey + place];

    private void SetEnd(long moment)
    {
        if (_shape.IsSwept)
        {
            ExpiryTwin.SetEnd(_context, Schedule, Member, moment);
        }
    }

    private bool IsClaimedByAnother(int place, string token, string oldToken, bool live)
    {
        if (token.Length == 0 || (token == oldToken && live))
        {
            return false;
        }

        var holder = _context.Call(Hashes.Get(IndexKey(place), token)).AsText();
        return holder is not null && holder != Id && _context.Call(Keys.Exists(Document.ToString()[..^Id.Length] + holder));
    }

    private static string[] ValuesOf(string segment, bool isMany) => isMany ? Memo.Values(segment) : segment.Length == 0 ? [] : [segment];

    private void ChangeTag(int place, string[] current, string[] old, bool live)
    {
        var prefix = IndexKey(place).ToString();
        ChangeSegment(place, current, old, live, value => _context.Call(Sets.Add(prefix + value, Id)), value => _context.Call(Sets.Remove(prefix + value, Id)));
    }

    private void ChangeText(int place, string[] current, string[] old, bool live)
    {
        var key = IndexKey(place);
        ChangeSegment(
            place,
            current,
            old,
            live,
            value => _context.Call(SortedSets.Add(key, OrderedText.Member(value, Id), 0)),
            value => _context.Call(SortedSets.Remove(key, OrderedText.Member(value, Id))));
    }

    private void ChangeSegment(int place, string[] current, string[] old, bool live, Action<string> add, Action<string> remove)
    {
        var isMany = _shape.Slots[place].IsMany;
        var values = ValuesOf(current[place], isMany);
        var oldValues = ValuesOf(old[place], isMany);
        foreach (var value in values)
        {
            if (!live || Array.IndexOf(oldValues, value) < 0)
            {
                add(value);
            }
        }

        foreach (var value in oldValues)
        {
            if (Array.IndexOf(values, value) < 0)
            {
                remove(value);
            }
        }
    }

    // Nothing is taken away of what is not remembered, as after an insert that has no value.
    private void ChangeRange(StoreKey key, string score, bool isRemembered)
    {
        switch (score)
        {
            case "\u0001":
            case "" when !isRemembered:
                break;
            case "":
                _context.Call(SortedSets.Remove(key, Id));
                break;
            default:
                _context.Call(SortedSets.Add(key, Id, ((StoreValue)score).AsDouble()));
                break;
        }
    }

    private void ChangeClaim(StoreKey key, string token, string oldToken, bool live)
    {
        if (token.Length > 0 && (token != oldToken || !live))
        {
            _context.Call(Hashes.Set(key, token, Id));
        }

        if (oldToken.Length > 0 && oldToken != token && _context.Call(Hashes.Get(key, oldToken)).AsText() == Id)
        {
            _context.Call(Hashes.Delete(key, oldToken));
        }
    }
}
