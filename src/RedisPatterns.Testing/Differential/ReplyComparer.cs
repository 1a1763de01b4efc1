namespace RedisPatterns.Testing;

/// <summary>Whether the replies of two stores agree.</summary>
internal sealed class ReplyComparer(TimeSpan timeTolerance)
{
    private const double DistanceTolerance = 1.1e-4;
    private const double PositionTolerance = 1e-9;
    private readonly double _milliseconds = timeTolerance.TotalMilliseconds;

    public bool Agree(StoreReply left, StoreReply right, ReplyRule rule)
    {
        if (left.Kind == StoreReplyKind.Error || right.Kind == StoreReplyKind.Error)
        {
            return SameError(left.Error, right.Error);
        }

        return rule switch
        {
            ReplyRule.AnyOrder => SameInAnyOrder(left, right),
            ReplyRule.PairsInAnyOrder => SameInAnyOrder(Paired(left), Paired(right)),
            ReplyRule.Pairs => Same(Paired(left), Paired(right)),
            ReplyRule.Scores => SameList(Flat(left), Flat(right), (a, b) => Near(a, b, 0)),
            ReplyRule.Shape => left.Kind == right.Kind && Flat(left).Items.Length == Flat(right).Items.Length,
            ReplyRule.Time => SameTree(left, right, SameTime),
            ReplyRule.Pending => SameList(left, right, (a, b) => SameFields(a, b, idleAt: 2)),
            ReplyRule.Info => SameInfo(left, right),
            ReplyRule.Distance => SameTree(left, right, (a, b) => Near(a, b, DistanceTolerance)),
            ReplyRule.Positions => SameTree(left, right, (a, b) => Near(a, b, PositionTolerance)),
            ReplyRule.Places => SameItems(left, right, SamePlace),
            ReplyRule.PlaceCount => left.Kind == right.Kind && left.Items.Length == right.Items.Length,
            _ => Same(left, right),
        };
    }

    private static bool SameError(StoreException? left, StoreException? right) =>
        left is not null && right is not null && left.GetType() == right.GetType()
        && (left as ServerErrorException)?.Code == (right as ServerErrorException)?.Code;

    private static bool Same(StoreReply left, StoreReply right) => SameTree(left, right, static (a, b) => a.Kind == b.Kind && a.Value == b.Value);

    private static bool SameTree(StoreReply left, StoreReply right, Func<StoreReply, StoreReply, bool> sameLeaf)
    {
        if (left.Kind == StoreReplyKind.Error || right.Kind == StoreReplyKind.Error)
        {
            return SameError(left.Error, right.Error);
        }

        return left.Kind == StoreReplyKind.Array
            ? SameList(left, right, (a, b) => SameTree(a, b, sameLeaf))
            : right.Kind != StoreReplyKind.Array && sameLeaf(left, right);
    }

    private static bool SameList(StoreReply left, StoreReply right, Func<StoreReply, StoreReply, bool> same)
    {
        if (left.Kind != StoreReplyKind.Array && right.Kind != StoreReplyKind.Array)
        {
            return same(left, right);
        }

        if (left.Kind != right.Kind || left.Items.Length != right.Items.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Items.Length; i++)
        {
            if (!same(left.Items[i], right.Items[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameInAnyOrder(StoreReply left, StoreReply right)
    {
        if (left.Kind != StoreReplyKind.Array || right.Kind != StoreReplyKind.Array)
        {
            return Same(left, right);
        }

        return left.Items.Length == right.Items.Length && Sorted(left).SequenceEqual(Sorted(right), StringComparer.Ordinal);

        static IEnumerable<string> Sorted(StoreReply reply) => reply.Items.ToArray().Select(Print).Order(StringComparer.Ordinal);
    }

    // Replies that are the same have the same text, and others another.
    private static string Print(StoreReply reply) => reply.Kind == StoreReplyKind.Array
        ? $"[{string.Concat(reply.Items.ToArray().Select(Print))}]"
        : $"{reply.Kind}{reply.Value.GetByteCount()}:{System.Text.Encoding.Latin1.GetString(reply.Value.AsMemory().Span)}";

    private static bool SameItems(StoreReply left, StoreReply right, Func<StoreReply, StoreReply, bool> same)
    {
        if (left.Kind != right.Kind || left.Items.Length != right.Items.Length)
        {
            return false;
        }

        var rest = new List<StoreReply>(right.Items.ToArray());
        foreach (var item in left.Items)
        {
            var index = rest.FindIndex(other => same(item, other));
            if (index < 0)
            {
                return false;
            }

            rest.RemoveAt(index);
        }

        return left.Kind == StoreReplyKind.Array || Same(left, right);
    }

    private static StoreReply Paired(StoreReply reply) => reply.Kind != StoreReplyKind.Array || reply.Items.Length % 2 != 0
        ? reply
        : StoreReply.Array(Replies.ToPairs(reply, static (first, second) => StoreReply.Array(first, second)));

    // Pairs are flat by RESP2 and nested by RESP3.
    private static StoreReply Flat(StoreReply reply)
    {
        if (reply.Kind != StoreReplyKind.Array)
        {
            return reply;
        }

        var leaves = new List<StoreReply>();
        Collect(reply);
        return StoreReply.Array([.. leaves]);

        void Collect(StoreReply item)
        {
            foreach (var child in item.Items)
            {
                if (child.Kind == StoreReplyKind.Array)
                {
                    Collect(child);
                }
                else
                {
                    leaves.Add(child);
                }
            }
        }
    }

    private static bool Near(StoreReply left, StoreReply right, double tolerance)
    {
        if (left.Kind == right.Kind && left.Value == right.Value)
        {
            return true;
        }

        return left.Kind == right.Kind && left.Value.TryGetDouble(out var a) && right.Value.TryGetDouble(out var b)
            && (a == b || Math.Abs(a - b) <= tolerance + (tolerance == 0 ? 0 : Math.Abs(a) * 1e-12));
    }

    // A name, or a list of the name and what was asked for: a distance, a hash, a position that is a list.
    private static bool SamePlace(StoreReply left, StoreReply right) => left.Kind != StoreReplyKind.Array
        ? Same(left, right)
        : left.Items.Length > 0 && right.Items.Length > 0 && Same(left.Items[0], right.Items[0])
            && SameList(left, right, (a, b) => a.Kind == StoreReplyKind.Array
                ? SameTree(a, b, (x, y) => Near(x, y, PositionTolerance))
                : Near(a, b, DistanceTolerance));

    private bool SameTime(StoreReply left, StoreReply right) => left.Kind == right.Kind
        && (left.Value == right.Value
            || (left.Value.TryGetInt64(out var a) && right.Value.TryGetInt64(out var b) && a >= 0 && b >= 0 && Math.Abs((double)a - b) <= _milliseconds));

    private bool SameFields(StoreReply left, StoreReply right, int idleAt)
    {
        if (left.Kind != StoreReplyKind.Array || left.Items.Length != right.Items.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Items.Length; i++)
        {
            if (i == idleAt ? !SameTime(left.Items[i], right.Items[i]) : !Same(left.Items[i], right.Items[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool SameInfo(StoreReply left, StoreReply right)
    {
        if (left.Kind == StoreReplyKind.Array && (left.Items.Length == 0 || left.Items[0].Kind == StoreReplyKind.Array))
        {
            return SameList(left, right, SameInfo);
        }

        if (left.Kind != right.Kind)
        {
            return false;
        }

        var (mine, theirs) = (Fields(left), Fields(right));
        return mine.Count == theirs.Count && mine.All(field => theirs.TryGetValue(field.Key, out var other)
            && (field.Key == "idle" ? SameTime(field.Value, other) : Same(field.Value, other)));
    }

    // What depends on a server's version or on how it lays out its memory is left out.
    private static Dictionary<string, StoreReply> Fields(StoreReply map) => Replies
        .ToPairs(map, static (name, value) => KeyValuePair.Create(name.Value.ToString(), value))
        .Where(static field => field.Key is not ("radix-tree-keys" or "radix-tree-nodes" or "inactive" or "active-time" or "seen-time"))
        .ToDictionary();
}
