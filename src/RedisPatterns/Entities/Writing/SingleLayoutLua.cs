using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>What the layouts add to the scripts of <see cref="EntitySingleScript"/>; to break off is to leave it to the general script.</summary>
internal static class SingleLayoutLua
{
    /// <summary>Writes an entity that was not there; a document has been written.</summary>
    public static string Insert(EntityShape shape, SingleForm form) => shape.Layout switch
    {
        LayoutKind.Hash => Count(shape, Invariant($"'HSET',doc,unpack(A,{form.FirstContent(shape)})")),
        LayoutKind.Attributes => SetAttributes(shape, form),
        _ => "",
    };

    /// <summary>Looks whether an entity is there to be updated.</summary>
    public static string UpdateCheck(EntityShape shape, SingleForm form) => shape.Layout switch
    {
        LayoutKind.Hash => "local was=P('HLEN',doc)\nif was==0 or type(was)~='number' then break end\n",

        // Other attributes are for the general script to remove.
        LayoutKind.Attributes => Invariant($"if P('GET',doc)~=A[{form.FirstContent(shape)}] then break end\n"),
        _ when form.Compares =>
            Invariant($"local was=P('GET',doc)\nif type(was)~='string' or was=='' or redis.sha1hex(was)~=A[{form.PlaceOfDigest(shape)}] then break end\n"),
        _ => "local was=P('STRLEN',doc)\nif was==0 or type(was)~='number' then break end\n",
    };

    /// <summary>Looks whether an entity is there to be patched, and works out the results of the steps as <c>r1</c> and so on.</summary>
    public static string PatchCheck(EntityShape shape, SingleForm form)
    {
        var lua = new StringBuilder();
        var (steps, isHash) = (form.Steps, shape.Layout == LayoutKind.Hash);
        var read = Enumerable.Range(0, steps.Count).Where(i => steps[i].Kind != PatchKind.Set).ToList();
        if (!isHash)
        {
            for (var i = 0; i < steps.Count; i++)
            {
                lua.Append(Invariant($"local k{i + 1}=doc..':'..A[{form.PlaceOfStep(shape, i)}]\n"));
            }
        }

        // A hash without any of these fields may be there all the same.
        var looked = isHash && read.Count == 0 ? [0] : read;
        var names = string.Concat(looked.Select(i => isHash ? Invariant($",A[{form.PlaceOfStep(shape, i)}]") : Invariant($",k{i + 1}")));
        lua.Append(isHash ? Invariant($"local x=P('HMGET',doc,'$v'{names})\n") : names.Length > 0 ? Invariant($"local x=P('MGET',doc{names})\n") : "local x={P('GET',doc)}\n");
        var missing = string.Concat(looked.Select((_, at) => Invariant($" or not x[{at + 2}]")));
        lua.Append(isHash
            ? Invariant($"if (x[1] or '1')~='{shape.Schema}'{missing} then break end\n")
            : AttributesCheck(shape, form, missing));
        for (var i = 0; i < steps.Count; i++)
        {
            lua.Append(Step(Invariant($"r{i + 1}"), Invariant($"x[{read.IndexOf(i) + 2}]"), Invariant($"A[{form.PlaceOfStep(shape, i) + 1}]"), steps[i]));
        }

        return lua.ToString();
    }

    /// <summary>Writes an entity, or fields of one, that is there.</summary>
    public static string Change(EntityShape shape, SingleForm form) => (shape.Layout, form.Kind) switch
    {
        (LayoutKind.Hash, WriteKind.Patch) => PatchHash(shape, form),
        (LayoutKind.Hash, _) => UpdateHash(shape, form),
        (LayoutKind.Attributes, WriteKind.Patch) => PatchAttributes(shape, form),
        (LayoutKind.Attributes, _) => SetAttributes(shape, form),
        _ => Status(shape, Invariant($"'SET',doc,A[{form.FirstContent(shape)}]")),
    };

    /// <summary>The arguments as the general script wants them; the C# is <see cref="SingleForm.Spread"/>.</summary>
    public static string General(EntityShape shape, SingleForm form)
    {
        var first = form.FirstContent(shape);
        var entries = string.Concat(Enumerable.Range(1, shape.IndexCount).Select(i => form.PlaceOfEntry(shape, i) is var place and > 0 ? Invariant($",A[{place}]")
            : form.Keeps(i) ? @",'\1'" : Invariant($@",'\002{form.ResultOf(i)}'")));
        var head = Invariant(
            $"'1','1','{(char)form.Kind}',{(shape.HasMemo ? "id" : "''")},{(shape.HasMemo && form.Kind != WriteKind.Insert ? "e" : "''")},'',{(form.Compares ? Invariant($"A[{form.PlaceOfDigest(shape)}]") : "''")},'{shape.Schema}',''{entries}");
        if (form.Kind == WriteKind.Patch)
        {
            var steps = string.Concat(form.Steps.Select((step, i) =>
                Invariant($",'{(char)step.Kind}',A[{form.PlaceOfStep(shape, i)}],A[{form.PlaceOfStep(shape, i) + 1}],'{step.Range}'")));
            return Invariant($"local ARGV={{{head},'{2 + (4 * form.Steps.Count)}',{(form.CountsUp ? $"A[{SingleForm.PlaceOfVersionMember}]" : "''")},'{shape.Schema}'{steps}}}\n");
        }

        var leftOut = SingleForm.LeftOut(shape);
        return Invariant($"local ARGV={{{head},tostring(#A+{leftOut - first + 1}){string.Concat(Enumerable.Repeat(",''", leftOut))},unpack(A,{first})}}\n");
    }

    private static string AttributesCheck(EntityShape shape, SingleForm form, string missing)
    {
        var prefix = Invariant($"{shape.Schema}:");
        var places = Enumerable.Range(0, form.Steps.Count).Select(i => form.PlaceOfStep(shape, i)).Concat(form.CountsUp ? [SingleForm.PlaceOfVersionMember] : []);
        var unlisted = string.Join(" or ", places.Select(place => Invariant($"not find(list,','..A[{place}]..',',1,true)")));
        return Invariant($$"""
            if type(x[1])~='string' or string.sub(x[1],1,{{prefix.Length}})~='{{prefix}}'{{missing}} then break end
            local find,list=string.find,','..string.sub(x[1],{{prefix.Length + 1}})..','
            if {{unlisted}} then break end

            """);
    }

    // Sums are exact in doubles, being short. What is not so short is worked out by the general script, and so is a refusal.
    private static string Step(string result, string old, string value, (PatchKind Kind, string Range) step) => step.Kind switch
    {
        PatchKind.IncrementNumber => Invariant($$"""
            if #{{old}}>14 or not string.match({{old}},'^%-?%d+$') then break end
            local {{result}}={{old}}+{{value}}
            if {{result}}<{{step.Range.Replace(",", $" or {result}>", StringComparison.Ordinal)}} then break end
            {{result}}=string.format('%.0f',{{result}})

            """),
        PatchKind.Append => Invariant($$"""
            if string.byte({{old}})~=91 or string.match({{old}},'^%[%s*%]$') then break end
            local {{result}}=string.sub({{old}},1,-2)..','..{{value}}..']'

            """),
        _ => Invariant($"local {result}={value}\n"),
    };

    private static string UpdateHash(EntityShape shape, SingleForm form)
    {
        var first = form.FirstContent(shape);
        return Invariant($$"""
            local added=P('HSET',doc,unpack(A,{{first}}))
            if type(added)~='number' then break end
            if was+added>(#A-{{first - 1}})/2 then
              local new={}
              for j={{first}},#A,2 do new[A[j]]=true end
              for _,f in ipairs(redis.call('HKEYS',doc)) do if not new[f] then redis.call('HDEL',doc,f) end end
            end

            """);
    }

    private static string PatchHash(EntityShape shape, SingleForm form)
    {
        var fields = string.Concat(form.Steps.Select((_, i) => Invariant($",A[{form.PlaceOfStep(shape, i)}],r{i + 1}")));
        return Count(shape, Invariant($"'HSET',doc{fields}{(form.CountsUp ? $",A[{SingleForm.PlaceOfVersionMember}],w" : "")}"));
    }

    private static string SetAttributes(EntityShape shape, SingleForm form)
    {
        var first = form.FirstContent(shape);
        return Invariant($$"""
            local t={doc,A[{{first}}]}
            for j={{first + 1}},#A,2 do
              t[j+{{2 - first}}]=doc..':'..A[j]
              t[j+{{3 - first}}]=A[j+1]
            end
            {{Status(shape, "'MSET',unpack(t)")}}
            """);
    }

    private static string PatchAttributes(EntityShape shape, SingleForm form)
    {
        var lua = new StringBuilder();
        for (var i = 1; i <= form.Steps.Count; i++)
        {
            lua.Append(Status(shape, Invariant($"'SET',k{i},r{i},'KEEPTTL'")));
        }

        return lua.Append(form.CountsUp ? Invariant($"redis.call('SET',doc..':'..A[{SingleForm.PlaceOfVersionMember}],w,'KEEPTTL')\n") : "").ToString();
    }

    // The first write may be refused for want of memory. Behind others nothing can fail: the entity was read, so its type is known.
    private static string Status(EntityShape shape, string call) => shape.HasMemo ? $"redis.call({call})\n" : $"if P({call}).err then break end\n";

    private static string Count(EntityShape shape, string call) => shape.HasMemo ? $"redis.call({call})\n" : $"if type(P({call}))~='number' then break end\n";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
