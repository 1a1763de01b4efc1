using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>
/// Composes the script that answers a call of a query: it picks the index to drive by from their sizes, goes through at most a
/// budget of entries, tests them in blocks against the other indexes, and returns what was asked for.
/// </summary>
/// <remarks>
/// <para>Plans: <c>W</c> walks the index that gives the order from a place in it; <c>C</c> collects the smallest index whole,
/// tests and orders it; <c>P</c> goes through an index that is larger than the budget in pieces, whose rows the caller
/// orders; <c>M</c> goes through the memos, the list of all entities. A call that could not finish within the budget gives a
/// place to go on from. <c>N</c> has counted.</para>
/// <para>Keys: the prefixes of entities and memo buckets, the catalogue, that of the order, those of the other indexes. The
/// arguments are those of <see cref="QueryForm"/>.</para>
/// <para>Answers: plan, whether it is done, how many entries it touched, the place to go on from, how many rows it found,
/// whether there may be more, the place of the last row, the ids of the rows with tabs in between, what is read of each (or
/// its key, of rows that the caller orders), and what it was asked to tell.</para>
/// </remarks>
internal static class QueryScript
{
    private static readonly ConcurrentDictionary<QueryForm, AtomicScript<QueryReply>> Scripts = new();

    /// <summary>The script for queries of a form.</summary>
    public static AtomicScript<QueryReply> For(QueryForm form) => Scripts.TryGetValue(form, out var script)
        ? script
        : Scripts.GetOrAdd(form, static form => new("query", Compose(form), QueryReply.Read, context => new QueryTwin(context, form).Run(), isReadOnly: true));

    /// <summary>The text of the script for queries of a form.</summary>
    public static string Compose(QueryForm form)
    {
        if (form.IsSet)
        {
            return ComposeSet(form);
        }

        var lua = new StringBuilder(QueryHeadLua.Head);
        void Add(bool isNeeded, string text) => lua.Append(isNeeded ? text : "");
        bool Has(QueryParts part) => (form.Parts & part) != 0;
        var (texts, bucket) = (form.ReadsMemos, form.ReadsMemos || form.Kind == QueryOrderKind.Primary);
        var distances = Has(QueryParts.Places) || form.Kind == QueryOrderKind.Distance;
        var sorts = form.Kind != QueryOrderKind.Any && Has(QueryParts.Leaf);

        AppendForm(lua, form);
        lua.Append(QueryHeadLua.Order).Append(QueryHeadLua.Parse);
        Add(bucket, QueryMemoLua.Bucket);
        Add(texts, QueryMemoLua.Segment);
        Add(Has(QueryParts.Ranges) && Has(QueryParts.General), QueryTestLua.Within);
        Add(distances, QueryTestLua.Distances);
        Add(texts, QueryTestLua.Texts);
        Add(Has(QueryParts.Texts), QueryTestLua.Holds);
        Add(Has(QueryParts.General), QueryTestLua.Marks);
        lua.Append(QueryTestLua.Test);
        Add(form.Want == QueryWant.Contents, QueryReadingLua.Contents);
        lua.Append(QueryRowLua.Emit);
        Add(form.Kind == QueryOrderKind.Text, QueryOrderLua.TextOf);
        Add(sorts || form.Asks == "K", QueryOrderLua.Ranks + QueryOrderLua.Text);
        Add(sorts || form.Kind == QueryOrderKind.Primary, QueryOrderLua.Ascends);
        lua.Append(QueryPlanLua.Sizes).Append(QueryRowLua.Finish).Append(QueryPlanLua.Choice);
        if (form.IsWalkable || !Has(QueryParts.Leaf))
        {
            Add(form.Kind == QueryOrderKind.Score, QuerySourceLua.Scores);
            Add(form.Kind == QueryOrderKind.Text, QuerySourceLua.Texts);
            Add(form.Kind is QueryOrderKind.Primary or QueryOrderKind.Any or QueryOrderKind.Distance, QuerySourceLua.Entities);
            lua.Append(QueryPlanLua.Walk);
        }

        if (Has(QueryParts.Leaf))
        {
            Add(form.Kind != QueryOrderKind.Score && Has(QueryParts.Ranges | QueryParts.Places), QuerySourceLua.Scores);
            Add(form.Kind != QueryOrderKind.Text && texts, QuerySourceLua.Texts);
            Add(Has(QueryParts.Sets), QuerySourceLua.Members);
            Add(distances, QuerySourceLua.Places);
            Add(sorts, QueryOrderLua.Textually + QueryOrderLua.Precedes + QueryOrderLua.Arrange);
            lua.Append(QueryPlanLua.Pieces).Append(QueryPlanLua.Collect);
        }

        return lua.ToString();
    }

    private static string ComposeSet(QueryForm form)
    {
        var lua = new StringBuilder(QuerySetLua.Head);
        AppendChecks(lua, form);
        var reads = form.Want == QueryWant.Contents;
        if (reads && form.Layout != LayoutKind.Document)
        {
            AppendNames(lua, form);
            lua.Append(Invariant($"local layout,match='{(char)form.Layout}',string.match\n")).Append(QueryReadingLua.Contents);
        }

        return lua
            .Append(QuerySetLua.Begin)
            .Append(form.Want == QueryWant.Ids ? QuerySetLua.Ids : !reads ? QuerySetLua.Existing : form.Layout == LayoutKind.Document ? QuerySetLua.Documents : QuerySetLua.Contents)
            .Append(QuerySetLua.End)
            .Append(reads ? "items}" : "{}}")
            .ToString();
    }

    // What all queries of the form have in common stands in the text, and needs no argument.
    private static void AppendForm(StringBuilder lua, QueryForm form)
    {
        lua.Append(Invariant($"local want,okind,desc,layout,asked='{(char)form.Want}','{(form.Kind == QueryOrderKind.Any ? "" : (char)form.Kind)}',{(form.Descends ? "true" : "false")},'{(char)form.Layout}','{form.Asks}'\n"));
        lua.Append(Invariant($"local okey={(form.HasOrder ? $"KEYS[{QueryForm.OrderKey + 1}]" : "nil")}\n"));
        lua.Append(form.Kind == QueryOrderKind.Text ? Invariant($"local oseg,oname=tonumber(ARGV[{form.Segment + 1}]),ARGV[{form.Segment + 2}]\n") : "");
        lua.Append(form.Kind == QueryOrderKind.Distance ? Invariant($"local olon,olat=tonumber(ARGV[{form.Centre + 1}]),tonumber(ARGV[{form.Centre + 2}])\n") : "");
        lua.Append(form.ReadsMemos ? Invariant($"local stamp=ARGV[{form.Stamp + 1}]\n") : "");
        if (form.Want == QueryWant.Contents)
        {
            AppendNames(lua, form);
        }

        AppendChecks(lua, form);
        lua.Append(Invariant($"local p={form.Program + 1}\n"));
    }

    private static void AppendNames(StringBuilder lua, QueryForm form) =>
        lua.Append(form.Names == 0 ? "local names={}\n" : Invariant($"local names={{unpack(ARGV,{form.FirstName + 1},{form.FirstName + form.Names})}}\n"));

    // A store without a catalogue has nothing of the model, so that nothing can be missing in an index.
    private static void AppendChecks(StringBuilder lua, QueryForm form)
    {
        var (first, ready) = (form.FirstCheck + 1, form.FirstCheck + form.Checks + 1);
        lua.Append(form.Checks == 1
            ? Invariant($$"""
                local state=C('HGET',KEYS[3],ARGV[{{first}}])
                if state~=ARGV[{{ready}}] and (state or C('EXISTS',KEYS[3])==1) then return {'stale'} end

                """)
            : Invariant($$"""
                local states=C('HMGET',KEYS[3],unpack(ARGV,{{first}},{{ready - 1}}))
                for i=1,{{form.Checks}} do
                  if states[i]~=ARGV[{{ready - 1}}+i] and (states[i] or C('EXISTS',KEYS[3])==1) then return {'stale'} end
                end

                """));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
