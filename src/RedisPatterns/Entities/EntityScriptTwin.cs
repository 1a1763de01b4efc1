using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>What <see cref="EntityScript"/> does, in C#, step for step.</summary>
internal sealed class EntityScriptTwin(IReadOnlyList<EntityShape> shapes, WriteKind? single = null)
{
    public StoreReply Run(IScriptContext context)
    {
        var arguments = single is { } kind ? Spread(context.Arguments, kind) : context.Arguments;
        var count = (int)arguments[0].AsInt64();
        var versions = new StoreReply[count];
        var (key, argument) = (0, 1);
        for (var i = 0; i < count; i++)
        {
            var shape = shapes[(int)arguments[argument].AsInt64() - 1];
            var operation = new Operation(context, arguments, shape, key, argument);
            var (refusal, detail) = operation.Apply(out var version);
            if (refusal < 0)
            {
                context.Rollback();
                return StoreReply.Array(StoreReply.Integer(refusal), StoreReply.Integer(i), StoreReply.Integer(detail));
            }

            versions[i] = StoreReply.Integer(version);
            key += shape.KeyCount;
            argument += shape.ArgumentCount;
        }

        return StoreReply.Array(versions);
    }

    // The arguments of a single script, as the general one takes them.
    private static StoreValue[] Spread(IReadOnlyList<StoreValue> arguments, WriteKind kind) =>
    [
        1, 1, ((char)kind).ToString(), arguments[0], kind == WriteKind.Update ? arguments[1] : "", "", "",
        .. arguments.Skip(EntitySingleScript.FirstEntry(kind)), "",
    ];

    private readonly struct Operation(IScriptContext context, IReadOnlyList<StoreValue> arguments, EntityShape shape, int firstKey, int firstArgument)
    {
        private WriteKind Kind => (WriteKind)Argument(1)[0];

        private string Id => Argument(2);

        private StoreKey Document => context.Keys[firstKey];

        private StoreKey MemoBucket => context.Keys[firstKey + 1];

        private StoreKey Catalogue => context.Keys[firstKey + 2];

        public (int Refusal, long Detail) Apply(out long version)
        {
            version = 0;
            var live = context.Call(Strings.Length(Document)) > 0;
            var memoText = context.Call(Hashes.Get(MemoBucket, Id)).AsText();
            var expectedMemo = Argument(4);
            if (expectedMemo.Length > 0 && expectedMemo != (memoText is null ? "-" : "=" + memoText))
            {
                return (EntityWriteReply.MemoChanged, 0);
            }

            var segmentCount = shape.Uniques.Count + shape.Tags.Count;
            var old = new string[segmentCount];
            Array.Fill(old, "");
            var stored = 0L;
            if (memoText is not null && Memo.TryParse(memoText, out var memo))
            {
                stored = long.Parse(memo.Value.Version, CultureInfo.InvariantCulture);
                if (memo.Value.Stamp == shape.Stamp && memo.Value.Segments.Length == segmentCount)
                {
                    old = memo.Value.Segments;
                }
                else if (!RemoveForeign(memo.Value))
                {
                    stored = 0;
                }
            }

            if (Kind == WriteKind.Insert && live)
            {
                return (EntityWriteReply.Exists, 0);
            }

            if (Kind == WriteKind.Update && !live)
            {
                return (EntityWriteReply.NotFound, 0);
            }

            var expected = Argument(3);
            if (live && expected.Length > 0 && expected != stored.ToString(CultureInfo.InvariantCulture))
            {
                return (EntityWriteReply.WrongVersion, stored);
            }

            version = live ? stored + 1 : 1;
            var current = new string[segmentCount];
            for (var i = 0; i < segmentCount; i++)
            {
                current[i] = Argument(6 + i);
            }

            for (var i = 0; i < shape.Uniques.Count; i++)
            {
                if (IsClaimedByAnother(i, current[i], old[i], live))
                {
                    return (EntityWriteReply.Duplicate, i);
                }
            }

            if (!Register())
            {
                return (EntityWriteReply.ShapeClash, 0);
            }

            for (var i = 0; i < shape.Tags.Count; i++)
            {
                ChangeTag(shape.Uniques.Count + i, current, old, live);
            }

            for (var i = 0; i < shape.Ranges.Count; i++)
            {
                ChangeRange(segmentCount + i);
            }

            for (var i = 0; i < shape.Uniques.Count; i++)
            {
                ChangeClaim(i, current[i], old[i], live);
            }

            if (Kind == WriteKind.Delete)
            {
                context.Call(Hashes.Delete(MemoBucket, Id));
                context.Call(Keys.Delete(Document));
                version = live ? stored : 0;
                return default;
            }

            context.Call(Hashes.Set(MemoBucket, Id, Memo.Format(shape.Stamp, version.ToString(CultureInfo.InvariantCulture), current)));
            context.Call(Strings.Set(Document, DocumentFor(version)));
            return default;
        }

        private string Argument(int index) => arguments[firstArgument + index].AsText()!;

        private StoreKey IndexKey(int place) => context.Keys[firstKey + 3 + place];

        private StoreValue DocumentFor(long version)
        {
            var head = arguments[firstArgument + 6 + shape.IndexCount];
            var tail = arguments[firstArgument + 7 + shape.IndexCount];
            return tail.GetByteCount() == 0
                ? head
                : (StoreValue)(byte[])[.. head.AsMemory().Span, .. ((StoreValue)version).AsMemory().Span, .. tail.AsMemory().Span];
        }

        private bool IsClaimedByAnother(int place, string token, string oldToken, bool live)
        {
            if (token.Length == 0 || (token == oldToken && live))
            {
                return false;
            }

            var holder = context.Call(Hashes.Get(IndexKey(place), token)).AsText();
            return holder is not null && holder != Id && context.Call(Keys.Exists(DocumentOf(holder)));
        }

        private StoreKey DocumentOf(string id)
        {
            var own = Document.ToString();
            return string.Concat(own.AsSpan(0, own.Length - Id.Length), id);
        }

        private bool Register()
        {
            var description = Argument(5);
            return description.Length == 0
                || context.Call(Hashes.SetIfAbsent(Catalogue, shape.Stamp, description))
                || context.Call(Hashes.Get(Catalogue, shape.Stamp)).AsText() == description;
        }

        private void ChangeTag(int place, string[] current, string[] old, bool live)
        {
            if (current[place] == old[place] && live)
            {
                return;
            }

            var prefix = IndexKey(place).ToString();
            var values = Memo.Values(current[place]);
            var oldValues = Memo.Values(old[place]);
            foreach (var value in values)
            {
                if (!live || Array.IndexOf(oldValues, value) < 0)
                {
                    context.Call(Sets.Add(prefix + value, Id));
                }
            }

            foreach (var value in oldValues)
            {
                if (Array.IndexOf(values, value) < 0)
                {
                    context.Call(Sets.Remove(prefix + value, Id));
                }
            }
        }

        private void ChangeRange(int place)
        {
            var score = arguments[firstArgument + 6 + place];
            var key = IndexKey(place);
            if (score.GetByteCount() == 0)
            {
                context.Call(SortedSets.Remove(key, Id));
            }
            else
            {
                context.Call(SortedSets.Add(key, Id, score.AsDouble()));
            }
        }

        private void ChangeClaim(int place, string token, string oldToken, bool live)
        {
            var key = IndexKey(place);
            if (token.Length > 0 && (token != oldToken || !live))
            {
                context.Call(Hashes.Set(key, token, Id));
            }

            if (oldToken.Length > 0 && oldToken != token && context.Call(Hashes.Get(key, oldToken)).AsText() == Id)
            {
                context.Call(Hashes.Delete(key, oldToken));
            }
        }

        private bool RemoveForeign(Memo memo)
        {
            var description = context.Call(Hashes.Get(Catalogue, memo.Stamp)).AsText();
            if (description is null)
            {
                return false;
            }

            var segment = 0;
            foreach (var part in description.Split('|', StringSplitOptions.RemoveEmptyEntries))
            {
                StoreKey key = $"{Catalogue}:{part[2..]}";
                if (part[0] == 'r')
                {
                    context.Call(SortedSets.Remove(key, Id));
                    continue;
                }

                var value = segment < memo.Segments.Length ? memo.Segments[segment] : "";
                segment++;
                if (part[0] == 'u')
                {
                    if (value.Length > 0 && context.Call(Hashes.Get(key, value)).AsText() == Id)
                    {
                        context.Call(Hashes.Delete(key, value));
                    }

                    continue;
                }

                foreach (var token in Memo.Values(value))
                {
                    context.Call(Sets.Remove($"{key}:{token}", Id));
                }
            }

            return true;
        }
    }
}
