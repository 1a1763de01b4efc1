namespace RedisPatterns.InMemory;

/// <summary>The sources and options of ZUNION, ZINTER, ZDIFF and their kin.</summary>
internal sealed class SortedSetSources
{
    private readonly Source[] _sources;
    private string _aggregate = "SUM";

    private SortedSetSources(Source[] sources) => _sources = sources;

    /// <summary>The sources in the order given.</summary>
    public Source[] All => _sources;

    /// <summary>Whether scores are wanted.</summary>
    public bool WithScores { get; private set; }

    /// <summary>Where counting stops; 0 for never.</summary>
    public long Limit { get; private set; }

    /// <summary>Reads them from a command.</summary>
    /// <param name="context">The database.</param>
    /// <param name="command">The command.</param>
    /// <param name="index">The index of the number of keys.</param>
    /// <param name="weighted">Whether WEIGHTS and AGGREGATE are options.</param>
    /// <param name="scored">Whether WITHSCORES is an option.</param>
    /// <param name="limited">Whether LIMIT is an option.</param>
    public static SortedSetSources Parse(
        CommandContext context, StoreCommand command, int index, bool weighted, bool scored, bool limited = false)
    {
        command.RequireCount(index + 2);
        var count = command.Int64(index);
        if (count < 1)
        {
            throw StoreErrors.FromServer("ERR at least 1 input key is needed", context.CommandName);
        }

        if (count > command.ArgumentCount - index - 1)
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        var sources = new Source[count];
        for (var i = 0; i < sources.Length; i++)
        {
            var data = context.Database.Find(command.Key(index + 1 + i))?.Data;
            sources[i] = data is null or SortedSetData or SetData ? new Source(data) : throw ServerErrors.WrongType(context.CommandName);
        }

        var parsed = new SortedSetSources(sources);
        parsed.ParseOptions(command, index + 1 + (int)count, weighted, scored, limited);
        return parsed;
    }

    /// <summary>The sources from the smallest on.</summary>
    public Source[] BySize() => [.. _sources.OrderBy(static source => source.Count)];

    /// <summary>What becomes of two scores of a member.</summary>
    public double Aggregate(double one, double other) => _aggregate switch
    {
        "MIN" => other < one ? other : one,
        "MAX" => other > one ? other : one,
        _ => double.IsNaN(one + other) ? 0 : one + other,
    };

    private void ParseOptions(StoreCommand command, int index, bool weighted, bool scored, bool limited)
    {
        for (var i = index; i < command.ArgumentCount; i++)
        {
            if (weighted && command.IsWord(i, "WEIGHTS") && command.ArgumentCount > i + _sources.Length)
            {
                foreach (var source in _sources)
                {
                    source.Weight = CommandArguments.TryReadDouble(command.Value(++i), out var weight)
                        ? weight
                        : throw StoreErrors.FromServer("ERR weight value is not a float", command.Definition.Name);
                }
            }
            else if (weighted && command.IsWord(i, "AGGREGATE") && command.ArgumentCount > i + 1)
            {
                i++;
                _aggregate = command.IsWord(i, "SUM") ? "SUM"
                    : command.IsWord(i, "MIN") ? "MIN"
                    : command.IsWord(i, "MAX") ? "MAX"
                    : throw ServerErrors.Syntax(command.Definition.Name);
            }
            else if (scored && command.IsWord(i, "WITHSCORES"))
            {
                WithScores = true;
            }
            else if (limited && command.IsWord(i, "LIMIT") && command.ArgumentCount > i + 1)
            {
                Limit = command.Value(++i).TryGetInt64(out var limit) && limit >= 0
                    ? limit
                    : throw StoreErrors.FromServer("ERR LIMIT can't be negative", command.Definition.Name);
            }
            else
            {
                throw ServerErrors.Syntax(command.Definition.Name);
            }
        }
    }

    /// <summary>One source: a sorted set, a set whose members count as scored 1, or nothing.</summary>
    internal sealed class Source(DataStructure? data)
    {
        public double Weight { get; set; } = 1;

        public long Count => data?.Count ?? 0;

        public bool TryGetScore(StoreValue member, out double score)
        {
            score = 1;
            return data is SortedSetData sorted ? sorted.TryGetScore(member, out score) : data is SetData set && set.Contains(member);
        }

        public IEnumerable<SortedSetItem> Items()
        {
            for (var i = 0; i < Count; i++)
            {
                yield return data is SortedSetData sorted ? sorted.ItemAt(i) : new(SortedSetData.MemberOf(((SetData)data!).MemberAt(i)), 1);
            }
        }
    }
}
