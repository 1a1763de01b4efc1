namespace RedisPatterns;

/// <summary>One call of the query script.</summary>
/// <param name="Want">What it asks for.</param>
/// <param name="Take">The greatest number of rows; 0 for all.</param>
/// <param name="Budget">How many index entries it may touch.</param>
/// <param name="Plan">The plan to go on with; empty for the script to choose.</param>
/// <param name="Cursor1">The first half of the place to go on from.</param>
/// <param name="Cursor2">The second half.</param>
/// <param name="After">The place in the order behind which to begin.</param>
/// <param name="Asks">What it is to tell beside the rows: see <see cref="QueryForm"/>.</param>
internal readonly record struct QueryCall(
    QueryWant Want, long Take, int Budget, StoreValue Plan, StoreValue Cursor1, StoreValue Cursor2, QueryPosition After, string Asks)
{
    /// <summary>The script call.</summary>
    /// <param name="query">The query.</param>
    /// <param name="shape">The model's shape.</param>
    /// <param name="names">The names of what is read of an entity.</param>
    public ScriptCall<QueryReply> For<T>(QueryCompiler<T> query, EntityShape shape, StoreValue[] names)
        where T : class
    {
        var ordering = query.Ordering;
        var reads = Want == QueryWant.Contents;
        var form = new QueryForm(
            ordering.Kind,
            ordering.IsDescending,
            Want,
            reads ? shape.Layout : LayoutKind.Document,
            Asks,
            query.Parts,
            reads ? names.Length : 0,
            query.Checks.Length / 2,
            query.IsSet && Want != QueryWant.Count && Take is > 0 and <= QuerySetLua.GreatestTake && Asks.Length == 0 && Plan.AsMemory().Length == 0);
        var program = form.IsSet ? [] : query.Program;
        var arguments = new StoreValue[form.Program + program.Count];
        arguments[0] = Take;
        arguments[1] = Budget;
        if (!form.IsSet)
        {
            arguments[2] = Plan;
            arguments[3] = Cursor1;
            arguments[4] = Cursor2;
            arguments[5] = After.Key;
            arguments[6] = After.Token;
        }

        if (form.Kind == QueryOrderKind.Text)
        {
            arguments[form.Segment] = query.SegmentOf(ordering.Index!);
            arguments[form.Segment + 1] = ordering.Index!.Slot.ToString();
        }
        else if (form.Kind == QueryOrderKind.Distance)
        {
            arguments[form.Centre] = ordering.Centre.Longitude;
            arguments[form.Centre + 1] = ordering.Centre.Latitude;
        }

        if (form.ReadsMemos)
        {
            arguments[form.Stamp] = shape.Stamp;
        }

        names.AsSpan(0, form.Names).CopyTo(arguments.AsSpan(form.FirstName));
        query.Checks.CopyTo(arguments, form.FirstCheck);
        program.CopyTo(arguments, form.Program);
        return QueryScript.For(form).With(query.Keys, arguments);
    }
}
