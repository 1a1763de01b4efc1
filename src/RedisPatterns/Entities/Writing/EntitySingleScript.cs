using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>
/// Composes the scripts that insert, update or patch one entity of a shape: what nearly always happens, in as few calls as
/// it can be done with, and behind it the general script of <see cref="EntityScript"/> for everything else.
/// </summary>
/// <remarks>
/// The short way looks at nothing that a write tells anyway: SET NX and HSETNX write and check in one call. When something
/// is not as usual (the entity exists, a value is claimed, an entry is there already, a key has another type) it takes back
/// what it has written so far and lets the general script decide. What the layout writes comes last, where nothing can be
/// refused any more, but for documents, whose SET NX is the check. The answer is the version, or that of the general script.
/// </remarks>
internal sealed class EntitySingleScript
{
    /// <summary>The most arguments of a content: a script unpacks them in one go.</summary>
    public const int GreatestContent = 2_000;

    /// <summary>The most indexes: Lua has room for 200 variables in a function.</summary>
    public const int GreatestIndexCount = 16;

    private readonly EntityShape _shape;
    private readonly SingleForm _form;
    private readonly StringBuilder _lua = new();
    private readonly List<string> _undo = [];

    private EntitySingleScript(EntityShape shape, SingleForm form) => (_shape, _form) = (shape, form);

    // The places of the totals that are not kept.
    private int[] Totals => [.. Enumerable.Range(_shape.FirstTotal + 1, _shape.Totals.Count).Where(i => !_form.Keeps(i))];

    // The places of the ranges that are not kept.
    private int[] Ranges => [.. Enumerable.Range(_shape.SegmentCount + 1, _shape.Ranges.Count).Where(i => !_form.Keeps(i))];

    /// <summary>Whether a shape has such scripts: one that does not expire, and whose content goes along with the call.</summary>
    public static bool Supports(EntityShape shape) => shape is { Layout: not LayoutKind.Chunked, Expires: false } && shape.IndexCount <= GreatestIndexCount;

    /// <summary>The script for a form of writes.</summary>
    public static AtomicScript<EntityWriteReply> Of(EntityShape shape, SingleForm form)
    {
        var general = EntityScript.Compose([shape], form.Parts);
        return new(form.Name, new EntitySingleScript(shape, form).Compose() + general, EntityWriteReply.Read, new EntityScriptTwin([shape], ScriptParts.None, form).Run);
    }

    private string Compose()
    {
        AppendHead();
        _lua.Append("repeat\n");

        // While a recount goes on, the general script keeps it up as well.
        _lua.Append(Totals.Length > 0 ? Invariant($"if P('EXISTS',K[{_shape.FirstIndexKey}])~=0 then break end\n") : "");
        switch (_form.Kind)
        {
            case WriteKind.Insert:
                AppendInsert();
                break;
            case WriteKind.Update:
                AppendMemoCheck();
                _lua.Append(SingleLayoutLua.UpdateCheck(_shape, _form));
                AppendChange();
                break;
            default:
                AppendMemoCheck();
                _lua.Append(SingleLayoutLua.PatchCheck(_shape, _form));
                AppendEntries();
                AppendChange();
                break;
        }

        _lua.Append("until true\n");
        AppendUndo();
        return _lua.Append(SingleLayoutLua.General(_shape, _form)).ToString();
    }

    // Errors come as tables by pcall, so that no step needs a function of its own around it to catch them. The loop runs
    // once: to break off is to go to the steps that take back.
    private void AppendHead()
    {
        _lua.Append("local P,A,K=redis.pcall,ARGV,KEYS\nlocal doc=K[1]\n");
        if (_shape.HasMemo)
        {
            _lua.Append("local id,mk,p=A[1],K[2],0\n");
        }

        for (var i = 1; i <= _shape.IndexCount; i++)
        {
            _lua.Append(_form.PlaceOfEntry(_shape, i) is var place and > 0 ? Invariant($"local n{i}=A[{place}]\n") : Invariant($"local n{i}\n"));
        }

        if (Totals is { Length: > 0 } totals)
        {
            string[] values = _form.Kind == WriteKind.Insert ? ["n"] : ["n", "o"];
            var parts = totals.Where(i => _shape.Slots[i - 1].Form != IndexForm.Count).SelectMany(i => values.Select(value => Invariant($"b{value}{i},p{value}{i},f{value}{i}")));
            _lua.Append(TotalLua.Add).Append(string.Concat(parts.Select(names => $"local {names}\n")));
        }

        if (_form.Kind == WriteKind.Insert)
        {
            _lua.Append(_shape.Slots.Any(slot => slot.IsMany) ? "local L,bad={},false\n" : "");
        }
        else if (_shape.HasMemo)
        {
            var variables = Enumerable.Range(1, _shape.SegmentCount).Select(i => Invariant($",o{i}")).Concat(Ranges.Skip(1).Select(i => Invariant($",z{i},c{i}")));
            _lua.Append(Invariant($"local e,w,m,v,sv{string.Concat(variables)}=A[2],{(_form.Kind == WriteKind.Update ? "A[3]" : "''")}\n"));
        }
    }

    private void AppendInsert()
    {
        if (_shape.Layout == LayoutKind.Document)
        {
            _lua.Append(Invariant($"local r=P('SET',doc,A[{_form.FirstContent(_shape)}],'NX')\nif not r or r.err then break end\n"));
            if (!_shape.HasMemo)
            {
                _lua.Append("return 1\n");
                return;
            }

            _lua.Append("p=1\n");
            _undo.Add("if p>=1 then redis.call('DEL',doc) end");
        }
        else
        {
            _lua.Append("if P('EXISTS',doc)~=0 then break end\n");
        }

        if (_shape.HasMemo)
        {
            AppendStep($"P('HSETNX',mk,id,'{_shape.Stamp}1{_shape.SchemaMark}'{Segments()})", "redis.call('HDEL',mk,id)", null);
        }

        for (var i = 1; i <= _shape.IndexCount; i++)
        {
            var key = KeyOf(i);
            var filled = Invariant($"n{i}~=''");
            switch (_shape.Slots[i - 1].Form)
            {
                case IndexForm.Claim:
                    AppendStep($"P('HSETNX',{key},n{i},id)", $"redis.call('HDEL',{key},n{i})", filled);
                    break;
                case IndexForm.Member:
                    AppendStep($"P('SADD',{key}..n{i},id)", $"redis.call('SREM',{key}..n{i},id)", filled);
                    break;
                case IndexForm.Text:
                    AppendStep($"P('ZADD',{key},0,n{i}..'\\t'..id)", $"redis.call('ZREM',{key},n{i}..'\\t'..id)", filled);
                    break;
                case IndexForm.Members:
                    AppendMany(i, $"P('SADD',{key}..t,id)", $"'SREM',{key}..t,id");
                    break;
                case IndexForm.Texts:
                    AppendMany(i, $"P('ZADD',{key},0,t..'\\t'..id)", $"'ZREM',{key},t..'\\t'..id");
                    break;
                case IndexForm.Count or IndexForm.PeriodCount or IndexForm.Sum or IndexForm.PeriodSum:
                    if (_shape.Slots[i - 1].Form != IndexForm.Count)
                    {
                        AppendTotalParts(i, 'n');
                    }

                    AppendTotal(i, 'n', filled);
                    break;
                default:
                    AppendStep($"P('ZADD',{key},'NX',n{i},id)", $"redis.call('ZREM',{key},id)", filled);
                    break;
            }
        }

        _lua.Append(SingleLayoutLua.Insert(_shape, _form)).Append("return 1\n");
    }

    private void AppendStep(string write, string inverse, string? condition)
    {
        var number = _undo.Count + 1;
        var step = Invariant($"if {write}~=1 then break end p={number}");
        _lua.Append(condition is null ? step : $"if {condition} then {step} end").Append('\n');
        _undo.Add(Invariant($"if p>={number}{(condition is null ? "" : " and " + condition)} then {inverse} end"));
    }

    // What an entity adds to a total, or takes from it; the inverse has the other sign.
    private void AppendTotal(int i, char value, string condition)
    {
        var number = _undo.Count + 1;
        var (key, field, by) = TotalParts(i, value);
        var negated = by == "'1'" ? "'-1'" : Invariant($"({by}:byte()==45 and {by}:sub(2) or '-'..{by})");
        var (change, inverse) = value == 'n' ? (by, negated) : (negated, by);
        _lua.Append(Invariant($"if {condition} then if not add({key},{field},{change}) then break end p={number} end\n"));
        _undo.Add(Invariant($"if p>={number} and {condition} then add({key},{field},{inverse}) end"));
    }

    // Tells number, period and group of an entry apart.
    private void AppendTotalParts(int i, char value)
    {
        var form = _shape.Slots[i - 1].Form;
        var (isSum, isPeriodic) = (form is IndexForm.Sum or IndexForm.PeriodSum, _shape.Slots[i - 1].IsPeriodic);
        var names = string.Concat(isSum ? Invariant($"b{value}{i},") : "", isPeriodic ? Invariant($"p{value}{i},") : "", Invariant($"f{value}{i}"));
        var pattern = (isSum ? "(%-?[1-9]%d*)/" : "") + (isPeriodic ? "([^/]+)/" : "");
        _lua.Append(Invariant($"if {value}{i}~='' then\n{names}=string.match({value}{i},'^{pattern}(.+)$')\nif not f{value}{i} then break end\nend\n"));
    }

    private (string Key, string Field, string By) TotalParts(int i, char value)
    {
        var slot = _shape.Slots[i - 1];
        return (
            slot.IsPeriodic ? Invariant($"{KeyOf(i)}..':'..p{value}{i}") : KeyOf(i),
            slot.Form == IndexForm.Count ? Invariant($"{value}{i}") : Invariant($"f{value}{i}"),
            slot.Form is IndexForm.Sum or IndexForm.PeriodSum ? Invariant($"b{value}{i}") : "'1'");
    }

    // A number that changes within its group is one change.
    private void AppendTotalChange(int i)
    {
        if (_shape.Slots[i - 1].Form != IndexForm.Count)
        {
            _lua.Append(Invariant($"if n{i}~=o{i} then\n"));
            AppendTotalParts(i, 'o');
            AppendTotalParts(i, 'n');
            if (_shape.Slots[i - 1].Form is IndexForm.Sum or IndexForm.PeriodSum)
            {
                _lua.Append(Invariant($"if o{i}~='' and n{i}~='' and fn{i}==fo{i}{(_shape.Slots[i - 1].IsPeriodic ? $" and pn{i}==po{i}" : "")} then bn{i},o{i}=string.format('%.0f',bn{i}-bo{i}),'' end\n"));
            }

            _lua.Append("end\n");
        }

        AppendTotal(i, 'o', Invariant($"n{i}~=o{i} and o{i}~=''"));
        AppendTotal(i, 'n', Invariant($"n{i}~=o{i} and n{i}~=''"));
    }

    private void AppendMany(int i, string write, string inverse) =>
        _lua.Append(Invariant($"for t in string.gmatch(n{i},'[^,]+') do\nif {write}~=1 then bad=true break end\nL[#L+1]={{{inverse}}}\nend\nif bad then break end\n"));

    private void AppendMemoCheck()
    {
        if (!_shape.HasMemo)
        {
            return;
        }

        var old = string.Concat(Enumerable.Range(1, _shape.SegmentCount).Select(i => Invariant($",o{i}")));
        var claims = _form.Kind == WriteKind.Update ? Claims() : "";
        _lua.Append(Invariant($$"""
            m=P('HGET',mk,id)
            if type(m)~='string' then break end
            v,sv{{old}}=string.match(m,'{{EntityScript.MemoPattern(_shape)}}')
            if not v or #v>15 or sv~='{{_shape.SchemaMark.TrimStart('.')}}' or (e~='' and e~=v){{claims}} then break end

            """));
    }

    // The entries of a patch; a change of a unique value is left to the general script.
    private void AppendEntries()
    {
        for (var i = 1; i <= _shape.IndexCount; i++)
        {
            if (_form.Keeps(i))
            {
                _lua.Append(i <= _shape.SegmentCount ? Invariant($"n{i}=o{i}\n") : "");
            }
            else if (_form.ResultOf(i) is var result and > 0)
            {
                _lua.Append(Invariant($"n{i}=r{result}\n")).Append(i > _shape.SegmentCount ? Invariant($"if #n{i}>15 then break end\n") : "");
            }
        }

        if (Claims() is { Length: > 0 } claims)
        {
            _lua.Append(Invariant($"if {claims[" or ".Length..]} then break end\n"));
        }
    }

    // Memo, entries and content of an entity that is there.
    private void AppendChange()
    {
        if (!_shape.HasMemo)
        {
            _lua.Append(SingleLayoutLua.Change(_shape, _form)).Append("return 1\n");
            return;
        }

        var ranges = Ranges;
        var guarded = ranges.Skip(1).ToArray();
        _lua.Append(ranges.Length > 0 ? "local r\n" : "");
        foreach (var i in guarded)
        {
            _lua.Append(Invariant($$"""
                z{{i}}=P('ZSCORE',{{KeyOf(i)}},id)
                if type(z{{i}})=='table' then break end
                c{{i}}=z{{i}}~=n{{i}} and (z{{i}} or '')~=n{{i}} and tonumber(z{{i}} or '')~=tonumber(n{{i}})

                """));
        }

        // The first write is one that the memory limit refuses.
        _lua.Append(Invariant($$"""
            if w=='' then w=string.format('%.0f',v+1) end
            if P('HSET',mk,id,'{{_shape.Stamp}}'..w{{(_shape.Schema == 1 ? "" : $"..'{_shape.SchemaMark}'")}}{{Segments()}})~=0 then break end
            p=1

            """));
        _undo.Add("if p>=1 then redis.call('HSET',mk,id,m) end");
        for (var i = _shape.Uniques.Count + 1; i <= _shape.SegmentCount; i++)
        {
            if (_form.Keeps(i))
            {
                continue;
            }

            if (i > _shape.FirstTotal)
            {
                AppendTotalChange(i);
            }
            else
            {
                AppendSegment(i, _shape.Slots[i - 1]);
            }
        }

        foreach (var i in guarded)
        {
            var number = _undo.Count + 1;
            _lua.Append(Invariant($"if c{i} then\n{Score(i)}\nif r~=0 and r~=1 then break end\np={number}\nend\n"));
            _undo.Add(Invariant($"if p>={number} and c{i} then if z{i} then redis.call('ZADD',{KeyOf(i)},z{i},id) else redis.call('ZREM',{KeyOf(i)},id) end end"));
        }

        // What can fail last needs nothing to be taken back by: the entity was read, so its type is known.
        if (ranges.Length > 0)
        {
            _lua.Append(Invariant($"{Score(ranges[0])}\nif r~=0 and r~=1 then break end\n"));
        }

        _lua.Append(SingleLayoutLua.Change(_shape, _form)).Append("return w\n");

        string Score(int i) => Invariant($"if n{i}=='' then r=P('ZREM',{KeyOf(i)},id) else r=P('ZADD',{KeyOf(i)},n{i},id) end");
    }

    private void AppendSegment(int i, IndexSlot slot)
    {
        if (slot.IsMany)
        {
            // A change of a list of values is left to the general script.
            _lua.Append(Invariant($"if n{i}~=o{i} then break end\n"));
            return;
        }

        var (added, removed) = (_undo.Count + 1, _undo.Count + 2);
        _lua.Append(Invariant($$"""
            if n{{i}}~=o{{i}} then
              if n{{i}}~='' then if P({{Add('n')}})~=1 then break end p={{added}} end
              if o{{i}}~='' then if P({{Remove('o')}})~=1 then break end p={{removed}} end
            end

            """));
        _undo.Add(Invariant($"if p>={added} and n{i}~=o{i} and n{i}~='' then redis.call({Remove('n')}) end"));
        _undo.Add(Invariant($"if p>={removed} and n{i}~=o{i} and o{i}~='' then redis.call({Add('o')}) end"));

        string Add(char value) => slot.Form == IndexForm.Text ? Invariant($"'ZADD',{KeyOf(i)},0,{value}{i}..'\\t'..id") : Invariant($"'SADD',{KeyOf(i)}..{value}{i},id");

        string Remove(char value) => slot.Form == IndexForm.Text ? Invariant($"'ZREM',{KeyOf(i)},{value}{i}..'\\t'..id") : Invariant($"'SREM',{KeyOf(i)}..{value}{i},id");
    }

    private void AppendUndo()
    {
        _lua.Append(_form.Kind == WriteKind.Insert && _shape.Slots.Any(slot => slot.IsMany) ? "for i=#L,1,-1 do redis.call(L[i][1],L[i][2],L[i][3]) end\n" : "");
        foreach (var step in Enumerable.Reverse(_undo))
        {
            _lua.Append(step).Append('\n');
        }
    }

    private string KeyOf(int index) => Invariant($"K[{_shape.FirstIndexKey + index}]");

    private string Segments() => string.Concat(Enumerable.Range(1, _shape.SegmentCount).Select(i => Invariant($"..':'..n{i}")));

    private string Claims() => string.Concat(Enumerable.Range(1, _shape.Uniques.Count).Where(i => !_form.Keeps(i)).Select(i => Invariant($" or n{i}~=o{i}")));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
