namespace RedisPatterns;

/// <summary>One call of the query script.</summary>
/// <param name="Want">What it asks for.</param>
/// <param name="Take">The greatest number of rows; 0 for all.</param>
/// <param name="Budget">How many index entries it may touch.</param>
/// <param name="Plan">The plan to go on with; empty for the script to choose.</param>
/// <param name="Cursor1">The first half of the place to go on from.</param>
/// <param name="Cursor2">The second half.</param>
/// <param name="After">The place in the order behind which to begin.</param>
/// <param name="Asks">What it is to tell beside the rows: <c>X</c> what it knew, <c>P</c> the place of the last row, <c>K</c> that and the keys of all rows in the order; empty for nothing.</param>
internal readonly record struct QueryCall(
    QueryWant Want, long Take, int Budget, StoreValue Plan, StoreValue Cursor1, StoreValue Cursor2, QueryPosition After, StoreValue Asks)
{
    /// <summary>The script call.</summary>
    /// <param name="query">The query.</param>
    /// <param name="shape">The model's shape.</param>
    /// <param name="names">The names of what is read of an entity.</param>
    public ScriptCall<QueryReply> For<T>(QueryCompiler<T> query, EntityShape shape, StoreValue[] names)
        where T : class
    {
        var ordering = query.Ordering;
        var arguments = new StoreValue[QueryScript.HeadLength + names.Length + query.Program.Count + query.Checks.Count];
        arguments[0] = Take;
        arguments[1] = Budget;
        arguments[2] = ((char)Want).ToString();
        arguments[3] = ordering.Kind == QueryOrderKind.Any ? "" : ((char)ordering.Kind).ToString();
        arguments[4] = query.OrderKey;
        arguments[5] = ordering.IsDescending ? "D" : "A";
        arguments[6] = ordering.Index is null ? 0 : query.SegmentOf(ordering.Index);
        arguments[7] = ordering.Index?.Slot.ToString() ?? "";
        arguments[8] = ordering.Centre.Longitude;
        arguments[9] = ordering.Centre.Latitude;
        arguments[10] = Plan;
        arguments[11] = Cursor1;
        arguments[12] = Cursor2;
        arguments[13] = After.Key;
        arguments[14] = After.Token;
        arguments[15] = shape.Stamp;
        arguments[16] = Asks;
        arguments[17] = ((char)shape.Layout).ToString();
        arguments[18] = names.Length;
        names.CopyTo(arguments, QueryScript.HeadLength);
        query.Program.CopyTo(arguments, QueryScript.HeadLength + names.Length);
        query.Checks.CopyTo(arguments, arguments.Length - query.Checks.Count);
        return QueryScript.Script.With(query.Keys, arguments);
    }
}
