using System.Text.RegularExpressions;
using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>
/// Everything under a tag, in a form in which two stores can be compared: the generations of chunks are random, and moments
/// that follow from a clock differ a little.
/// </summary>
internal static partial class KeyspaceContents
{
    private const double ToleranceMilliseconds = 30_000;

    // What is about to go has gone in one store, and in the other not yet.
    private const double PassingMilliseconds = 20_000;

    public static async Task<IReadOnlyList<StoreKey>> KeysAsync(IKeyValueStore store, string tag, CancellationToken cancellation)
    {
        var keys = new HashSet<StoreKey>();
        await foreach (var key in store.ScanKeysAsync(tag + "*", 1_000, cancellation))
        {
            keys.Add(key);
        }

        return [.. keys];
    }

    public static async Task<List<KeyContent>> ReadAsync(IKeyValueStore store, string tag, double now, CancellationToken cancellation)
    {
        var keys = await KeysAsync(store, tag, cancellation);
        var contents = new List<KeyContent>();
        if (keys.Count == 0)
        {
            return contents;
        }

        var first = new StorePipeline();
        var types = keys.Select(key => first.Add(Keys.Type(key))).ToArray();
        var ends = keys.Select(key => first.Add(Keys.ExpireTime(key))).ToArray();
        await store.SendAsync(first, cancellation);
        var second = new StorePipeline();
        var reads = new List<Func<string>>();
        for (var i = 0; i < types.Length; i++)
        {
            reads.Add(Read(second, keys[i], types[i].Value));
        }

        if (second.Count > 0)
        {
            await store.SendAsync(second, cancellation);
        }

        for (var i = 0; i < types.Length; i++)
        {
            if (types[i].Value == DataType.None)
            {
                continue;
            }

            var (name, content) = (PartKey().Replace(keys[i].ToString(), "$1*$2"), reads[i]());
            var end = (double?)ends[i].Value.Moment?.ToUnixTimeMilliseconds();
            if (end < now + PassingMilliseconds)
            {
                continue;
            }

            if (types[i].Value == DataType.SortedSet && name.StartsWith($"{tag}:exp:", StringComparison.Ordinal))
            {
                AddSchedule(contents, name, content);
            }
            else
            {
                contents.Add(new(name, $"{types[i].Value} {Generation().Replace(content, "gen=*")}", end));
            }
        }

        contents.Sort();
        return contents;
    }

    /// <summary>What differs; null when nothing does.</summary>
    public static string? Difference(List<KeyContent> reference, List<KeyContent> subject)
    {
        for (var i = 0; i < Math.Max(reference.Count, subject.Count); i++)
        {
            var (expected, actual) = (i < reference.Count ? reference[i] : default, i < subject.Count ? subject[i] : default);
            if (expected.Key != actual.Key || expected.Content != actual.Content || !IsSame(expected.End, actual.End))
            {
                var missing = string.Join('\n', reference.Except(subject).Select(line => $"  reference: {line}"));
                var more = string.Join('\n', subject.Except(reference).Select(line => $"  subject:   {line}"));
                return $"the contents differ\n{missing}\n{more}";
            }
        }

        return null;
    }

    private static bool IsSame(double? left, double? right) =>
        left is null == right is null && (left is null || left == right || Math.Abs(left.Value - right!.Value) < ToleranceMilliseconds);

    private static Func<string> Read(StorePipeline pipeline, StoreKey key, DataType type)
    {
        switch (type)
        {
            case DataType.String:
                var text = pipeline.Add(Strings.Get(key));
                return () => Text(text.Value);
            case DataType.Hash:
                var entries = pipeline.Add(Hashes.GetAll(key));
                return () => Join(entries.Value.Select(entry => $"{Text(entry.Field)}={Text(entry.Value)}").Order(StringComparer.Ordinal));
            case DataType.Set:
                var members = pipeline.Add(Sets.Members(key));
                return () => Join(members.Value.Select(Text).Order(StringComparer.Ordinal));
            case DataType.SortedSet:
                var scored = pipeline.Add(SortedSets.RangeWithScores(key, RankRange.All));
                return () => Join(scored.Value.Select(entry => $"{Text(entry.Member)}={(StoreValue)entry.Score}"));
            case DataType.List:
                var elements = pipeline.Add(Lists.Range(key));
                return () => Join(elements.Value.Select(Text));
            default:
                return () => "";
        }
    }

    private static void AddSchedule(List<KeyContent> contents, string name, string content)
    {
        foreach (var entry in content.Split('\u0001'))
        {
            var at = entry.LastIndexOf('=');
            contents.Add(new($"{name} {entry[..at]}", "scheduled", ((StoreValue)entry[(at + 1)..]).AsDouble()));
        }
    }

    // Latin-1 keeps every byte apart, which UTF-8 does not.
    private static string Text(StoreValue value) => System.Text.Encoding.Latin1.GetString(value.AsMemory().Span);

    private static string Join(IEnumerable<string> parts) => string.Join('\u0001', parts);

    [GeneratedRegex(@"^(.*:)[a-z2-7]{16}(:\d+)$", RegexOptions.Singleline)]
    private static partial Regex PartKey();

    [GeneratedRegex("gen=[a-z2-7]*", RegexOptions.IgnoreCase)]
    private static partial Regex Generation();
}
