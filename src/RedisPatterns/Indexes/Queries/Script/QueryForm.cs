namespace RedisPatterns;

/// <summary>What queries have in common that are answered by the same script: all but values, keys and numbers.</summary>
/// <remarks>
/// The arguments of a script: the greatest number of rows, 0 for all; the budget; unless it is for a set plan and place to go on
/// with, in three, and the place in the order behind which to begin, in two; of an order by texts the segment in memos and the index; of an order by
/// distance longitude and latitude; where memos are read the stamp of the model's shape; the names of what is read of an
/// entity; the fields of the catalogue that say whether the indexes are ready, and what they must be; the conjuncts.
/// </remarks>
/// <param name="Kind">The kind of the order.</param>
/// <param name="Descends">Whether the greatest comes first.</param>
/// <param name="Want">What is wanted.</param>
/// <param name="Layout">How entities lie; that of documents where none are read.</param>
/// <param name="Asks">What is to be told beside the rows: <c>X</c> what it knew, <c>P</c> the place of the last row, <c>K</c> that and the keys of all rows in the order; empty for nothing.</param>
/// <param name="Parts">What the conjuncts need.</param>
/// <param name="Names">How many names of what is read of an entity there are.</param>
/// <param name="Checks">How many indexes must be ready.</param>
/// <param name="IsSet">Whether some of one set are wanted, in any order: see <see cref="QuerySetLua"/>. Such a query has no conjuncts but the set, the last of its keys.</param>
internal readonly record struct QueryForm(QueryOrderKind Kind, bool Descends, QueryWant Want, LayoutKind Layout, string Asks, QueryParts Parts, int Names, int Checks, bool IsSet = false)
{
    /// <summary>The place of the ordering index's key among the keys.</summary>
    public const int OrderKey = 3;

    /// <summary>The place of the first argument that not all forms have: where a query goes on, or behind which place it begins, is no matter to a set.</summary>
    public int Segment => IsSet ? 2 : 7;

    /// <summary>Whether memos are read for what an index has of an entity.</summary>
    public bool ReadsMemos => Kind == QueryOrderKind.Text || Parts.HasFlag(QueryParts.Texts);

    /// <summary>Whether there is an index that gives the order.</summary>
    public bool HasOrder => Kind is QueryOrderKind.Score or QueryOrderKind.Text or QueryOrderKind.Distance;

    /// <summary>Whether rows come in an order that can be walked.</summary>
    public bool IsWalkable => Kind is QueryOrderKind.Score or QueryOrderKind.Text or QueryOrderKind.Primary;

    /// <summary>The place of the centre.</summary>
    public int Centre => Segment + (Kind == QueryOrderKind.Text ? 2 : 0);

    /// <summary>The place of the stamp.</summary>
    public int Stamp => Centre + (Kind == QueryOrderKind.Distance ? 2 : 0);

    /// <summary>The place of the first name.</summary>
    public int FirstName => Stamp + (ReadsMemos ? 1 : 0);

    /// <summary>The place of the first field of the catalogue.</summary>
    public int FirstCheck => FirstName + Names;

    /// <summary>The place of the conjuncts.</summary>
    public int Program => FirstCheck + (2 * Checks);
}
