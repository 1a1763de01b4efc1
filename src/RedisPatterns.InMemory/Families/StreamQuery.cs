namespace RedisPatterns.InMemory;

/// <summary>The options of XREAD and XREADGROUP.</summary>
internal readonly record struct StreamQuery
{
    public StoreValue Group { get; private init; }

    public StoreValue Consumer { get; private init; }

    /// <summary>Whether what is delivered does not become pending.</summary>
    public bool NoAck { get; private init; }

    /// <summary>The index of the first key.</summary>
    public int FirstKey { get; private init; }

    public int StreamCount { get; private init; }

    /// <summary>The index of the first id.</summary>
    public int FirstId => FirstKey + StreamCount;

    // How many entries of each stream; 0 for all.
    private long Count { get; init; }

    /// <summary>Reads them from a command.</summary>
    public static StreamQuery Parse(StoreCommand command, bool ofGroup)
    {
        var query = default(StreamQuery);
        for (var i = 0; i < command.ArgumentCount; i++)
        {
            var more = command.ArgumentCount - i - 1;
            if (more >= 1 && command.IsWord(i, "COUNT"))
            {
                query = query with { Count = Math.Max(command.Int64(++i), 0) };
            }
            else if (more >= 1 && command.IsWord(i, "STREAMS"))
            {
                query = query with { FirstKey = i + 1, StreamCount = more / 2 };
                return more % 2 != 0
                    ? throw StoreErrors.FromServer("ERR Unbalanced list of streams: for each stream key an ID must be specified.", command.Definition.Name)
                    : ofGroup && query.Group.IsNull
                    ? throw StoreErrors.FromServer("ERR Missing GROUP option for XREADGROUP", command.Definition.Name)
                    : query;
            }
            else if (ofGroup && more >= 2 && command.IsWord(i, "GROUP"))
            {
                query = query with { Group = command.Value(++i), Consumer = command.Value(++i) };
            }
            else if (ofGroup && command.IsWord(i, "NOACK"))
            {
                query = query with { NoAck = true };
            }
            else
            {
                throw ServerErrors.Syntax(command.Definition.Name);
            }
        }

        throw ServerErrors.Syntax(command.Definition.Name);
    }

    /// <summary>Whether so many entries are enough.</summary>
    public bool IsEnough(int count) => Count > 0 && count >= Count;

    /// <summary>As many of the entries as are wanted.</summary>
    public IEnumerable<StreamRecord> Take(IEnumerable<StreamRecord> records) => Count > 0 ? records.Take((int)Math.Min(Count, int.MaxValue)) : records;
}
