using System.Buffers;
using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>The grammar of every key this library writes. Nothing else joins the parts of a key; see docs/key-layout.md.</summary>
internal static class KeyGrammar
{
    /// <summary>The number of hashes over which a model's memos are spread.</summary>
    public const int MemoBuckets = 4096;

    /// <summary>How many digits a moment has in keys that are ordered by it.</summary>
    public const int DigitsOfMoment = 15;

    private const string EmptyToken = "%";
    private const int MaximumNameLength = 64;

    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. "%:{},/\u007F", .. Enumerable.Range(0, 32).Select(code => (char)code), .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

    private static readonly string[] ReservedNames = ["idx", "memo", "stat", "idem", "exp", "lock", "meta", "seq", "rel", "ts", "evt", "claim", "limit", "count", "distinct", "ranks", "sem", "rwlock", "leader", "once", "series"];

    /// <summary>The hash tag with which all keys of a keyspace begin: <c>{shop}</c> or <c>{shop/acme}</c>.</summary>
    public static string Tag(string name, string? tenant) =>
        tenant is null ? $"{{{Escape(name)}}}" : $"{{{Escape(name)}/{Escape(tenant)}}}";

    /// <summary>The hash tag of one partition of a keyspace: <c>{shop,7}</c>; a comma in a name is escaped, so it is no other keyspace's.</summary>
    public static string PartitionTag(string tag, int partition) => string.Create(CultureInfo.InvariantCulture, $"{tag.AsSpan(0, tag.Length - 1)},{partition}}}");

    /// <summary>In how many partitions a keyspace lies; in the first of them: <c>{shop,0}:meta:partitions</c>.</summary>
    public static string Partitions(string tag) => $"{tag}:meta:partitions";

    /// <summary>Who claims the values of a unique index in all partitions: <c>{shop,7}:claim:user:email</c>.</summary>
    public static string Claims(string tag, string model, string index) => $"{tag}:claim:{model}:{index}";

    /// <summary>That an attempt to write must not go on, since its claim was given to another: <c>{shop,7}:meta:user:revoked:Jk2hS9a1bcQ</c>.</summary>
    public static string Revoked(string tag, string model, string attempt) => $"{tag}:meta:{model}:revoked:{attempt}";

    /// <summary>What stands before the id in the key of an entity: <c>{shop}:user:</c>.</summary>
    public static string EntityPrefix(string tag, string model) => $"{tag}:{model}:";

    /// <summary>What stands before the number in the keys of an entity's parts: <c>{shop}:doc:d1:abcdefgh23456777:</c>.</summary>
    public static string PartPrefix(string entityKey, string generation) => $"{entityKey}:{generation}:";

    /// <summary>One part of an entity that is kept in parts, counted from 0: <c>{shop}:doc:d1:abcdefgh23456777:0</c>.</summary>
    public static string Part(string partPrefix, int number) => partPrefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The key of an attribute of an entity: <c>{shop}:user:u1:name</c>.</summary>
    public static string Attribute(string entityKey, string name) => $"{entityKey}:{name}";

    /// <summary>The moments at which entities of a model expire: <c>{shop}:exp:user</c>.</summary>
    public static string Expiry(string tag, string model) => $"{tag}:exp:{model}";

    /// <summary>How far a migration of a model's entities has come: <c>{shop}:meta:user:migration</c>.</summary>
    public static string Migration(string tag, string model) => $"{tag}:meta:{model}:migration";

    /// <summary>The entities that indexes lack since older code has written them: <c>{shop}:meta:user:pending</c>.</summary>
    public static string Pending(string tag, string model) => $"{tag}:meta:{model}:pending";

    /// <summary>How far the building of indexes has come: <c>{shop}:meta:user:build</c>.</summary>
    public static string Build(string tag, string model) => $"{tag}:meta:{model}:build";

    /// <summary>When each shape was used last: <c>{shop}:meta:user:use</c>.</summary>
    public static string Use(string tag, string model) => $"{tag}:meta:{model}:use";

    /// <summary>The catalogue of a model's index shapes: <c>{shop}:idx:user</c>.</summary>
    public static string Catalogue(string tag, string model) => $"{tag}:idx:{model}";

    /// <summary>An index that is one key: <c>{shop}:idx:user:email</c>.</summary>
    public static string Index(string tag, string model, string index) => $"{tag}:idx:{model}:{index}";

    /// <summary>The name of a revision of an index: the name itself, and from the second revision on <c>status~2</c>.</summary>
    public static string Revision(string index, int revision) => revision == 1 ? index : string.Create(CultureInfo.InvariantCulture, $"{index}~{revision}");

    /// <summary>What stands before the value in the keys of a tag index: <c>{shop}:idx:user:status:</c>.</summary>
    public static string TagPrefix(string tag, string model, string index) => $"{tag}:idx:{model}:{index}:";

    /// <summary>A total, or what stands before the period in the keys of one that is kept by period: <c>{shop}:stat:order:per-status</c>.</summary>
    public static string Total(string tag, string model, string total) => $"{tag}:stat:{model}:{total}";

    /// <summary>A total in one period: <c>{shop}:stat:order:per-day:2026-11-29</c>.</summary>
    public static string PeriodTotal(string totalKey, string period) => $"{totalKey}:{period}";

    /// <summary>What a recount has come to beside a total: <c>{shop}:stat:order:per-status,17</c>; a comma stands in no name and no period.</summary>
    public static string Recounted(string totalKey, string run) => $"{totalKey},{run}";

    /// <summary>Which recount of a model's totals goes on, and which memo buckets it has been through: <c>{shop}:meta:order:recount</c>.</summary>
    public static string Recount(string tag, string model) => $"{tag}:meta:{model}:recount";

    /// <summary>What stands before the bucket number in the keys of a model's memos: <c>{shop}:memo:user:</c>.</summary>
    public static string MemoPrefix(string tag, string model) => $"{tag}:memo:{model}:";

    /// <summary>The key that remembers an operation by its idempotency id: <c>{shop}:idem:order-17</c>.</summary>
    public static string Idempotency(string tag, string id) => $"{tag}:idem:{Escape(id)}";

    /// <summary>What stands before the step in the keys that remember the adding of samples to a set of series: <c>{shop}:idem:weather:import-17:</c>.</summary>
    public static string SeriesMemory(string tag, string set, string id) => $"{tag}:idem:{set}:{Escape(id)}:";

    /// <summary>A key of the user's own: <c>{shop}:prices</c>.</summary>
    public static string Own(string tag, string name)
    {
        ThrowIfBadModelName(name, "a key");
        return $"{tag}:{name}";
    }

    /// <summary>One of many keys of the user's own: <c>{shop}:balance:alice</c>.</summary>
    public static string Own(string tag, string name, string id) => $"{Own(tag, name)}:{Escape(id)}";

    /// <summary>What a subject has taken of a limiter's permits, by one of its rules: <c>{shop}:limit:api:alice:f60000</c>.</summary>
    public static string RateLimit(string tag, string limiter, string subject, string rule) => $"{tag}:limit:{limiter}:{Escape(subject)}:{rule}";

    /// <summary>A counter of a subject: <c>{shop}:count:views:p1</c>, in a period <c>{shop}:count:views:p1:2026-11-29</c>.</summary>
    public static string Counter(string tag, string counter, string subject, string periodSuffix) => $"{tag}:count:{counter}:{Escape(subject)}{periodSuffix}";

    /// <summary>What a subject has seen: <c>{shop}:distinct:visitors:p1</c>, in a period <c>{shop}:distinct:visitors:p1:2026-11-29</c>.</summary>
    public static string DistinctCounter(string tag, string counter, string subject, string periodSuffix) => $"{tag}:distinct:{counter}:{Escape(subject)}{periodSuffix}";

    /// <summary>A leaderboard: <c>{shop}:ranks:score</c>, in a period <c>{shop}:ranks:score:2026-W48</c>.</summary>
    public static string Leaderboard(string tag, string leaderboard, string periodSuffix) => $"{tag}:ranks:{leaderboard}{periodSuffix}";

    /// <summary>A lock on a resource: <c>{shop}:lock:import:nightly</c>.</summary>
    public static string Lock(string tag, string name, string resource) => $"{tag}:lock:{name}:{Escape(resource)}";

    /// <summary>Those who wait for a lock: <c>{shop}:lock:import:nightly:queue</c>.</summary>
    public static string LockQueue(string lockKey) => $"{lockKey}:queue";

    /// <summary>Until when each who waits for a lock is waited for: <c>{shop}:lock:import:nightly:waits</c>.</summary>
    public static string LockWaits(string lockKey) => $"{lockKey}:waits";

    /// <summary>Those who hold a permit of a semaphore: <c>{shop}:sem:exports:large</c>.</summary>
    public static string Semaphore(string tag, string name, string resource) => $"{tag}:sem:{name}:{Escape(resource)}";

    /// <summary>Those who hold a lock for readers and writers: <c>{shop}:rwlock:catalogue:eu</c>.</summary>
    public static string ReadWriteLock(string tag, string name, string resource) => $"{tag}:rwlock:{name}:{Escape(resource)}";

    /// <summary>The last token of a semaphore or a lock for readers and writers, and until when each who waits is waited for: <c>{shop}:sem:exports:large:state</c>.</summary>
    public static string PermitState(string holdersKey) => $"{holdersKey}:state";

    /// <summary>Those who wait to share, or to be alone: <c>{shop}:sem:exports:large:shared</c>.</summary>
    public static string PermitQueue(string holdersKey, string manner) => $"{holdersKey}:{manner}";

    /// <summary>Who leads: <c>{shop}:leader:scheduler</c>.</summary>
    public static string Leader(string tag, string election) => $"{tag}:leader:{election}";

    /// <summary>An operation that runs once, and its result: <c>{shop}:once:payments:4711</c>.</summary>
    public static string Operation(string tag, string name, string operationId) => $"{tag}:once:{name}:{Escape(operationId)}";

    /// <summary>The key that counts a model's generated ids: <c>{shop}:seq:user</c>.</summary>
    public static string Sequence(string tag, string model) => $"{tag}:seq:{model}";

    /// <summary>The model of the catalogue of a set of series, of which no user's model can have the name: <c>{shop}:series:weather:seattle</c> is one of its entities.</summary>
    public static string SeriesModel(string set) => $"series:{set}";

    /// <summary>The name of what a rule makes of a set of series: <c>weather,hourly</c>.</summary>
    public static string Resolution(string set, string rule) => $"{set},{rule}";

    /// <summary>How the samples of a set of series lie: <c>{shop}:ts:weather</c>.</summary>
    public static string SeriesOptions(string tag, string set) => $"{tag}:ts:{set}";

    /// <summary>The samples of a series, or what stands before the period in their keys: <c>{shop}:ts:weather:seattle</c>.</summary>
    public static string Series(string tag, string set, string series) => $"{tag}:ts:{set}:{Escape(series)}";

    /// <summary>The samples of a series in one period, by its first millisecond: <c>{shop}:ts:weather:seattle:1732838400000</c>.</summary>
    public static string SeriesBucket(string seriesKey, long start) => string.Create(CultureInfo.InvariantCulture, $"{seriesKey}:{start}");

    /// <summary>One sample of a series that has a key for each, its moment in fifteen digits: <c>{shop}:ts:weather:seattle:001732838400000</c>.</summary>
    public static string SeriesSample(string seriesKey, long timestamp) => string.Create(CultureInfo.InvariantCulture, $"{seriesKey}:{timestamp:D15}");

    /// <summary>How often the samples of a series that has a key for each have changed: <c>{shop}:ts:weather:seattle:version</c>.</summary>
    public static string SeriesVersion(string seriesKey) => $"{seriesKey}:version";

    /// <summary>Which stretches of a series rules have to make anew: <c>{shop}:ts:weather:seattle:marks</c>.</summary>
    public static string SeriesMarks(string seriesKey) => $"{seriesKey}:marks";

    /// <summary>How far the rules on a series are: <c>{shop}:ts:weather:seattle:turn</c>.</summary>
    public static string SeriesTurn(string seriesKey) => $"{seriesKey}:turn";

    /// <summary>Which series have such stretches: <c>{shop}:meta:series:weather:rules</c>.</summary>
    public static string SeriesPending(string tag, string set) => $"{tag}:meta:series:{set}:rules";

    /// <summary>In which periods a series has samples: <c>{shop}:ts:weather:seattle:buckets</c>.</summary>
    public static string SeriesBuckets(string seriesKey) => $"{seriesKey}:buckets";

    /// <summary>The bucket of an entity's memo: FNV-1a over the token's UTF-16 units, modulo <see cref="MemoBuckets"/>.</summary>
    public static int MemoBucket(string token) => (int)(Hash(token) % MemoBuckets);

    /// <summary>
    /// The partition of an id or value: the same hash, finished as MurmurHash3 does it so that it has nothing to do with the
    /// bucket, modulo the number of partitions.
    /// </summary>
    public static int Partition(string token, int count)
    {
        var hash = Hash(token);
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return (int)((hash ^ (hash >> 16)) % (uint)count);
    }

    private static uint Hash(string token)
    {
        var hash = 2166136261u;
        foreach (var unit in token)
        {
            hash = (hash ^ unit) * 16777619u;
        }

        return hash;
    }

    /// <summary>
    /// An id or value as a part of a key: different texts have different tokens, and no token holds a colon, a brace, a
    /// comma, a slash, a control character or a lone surrogate. What is none of these is left as it is.
    /// </summary>
    public static string Escape(string text)
    {
        if (text.Length == 0)
        {
            return EmptyToken;
        }

        var first = text.AsSpan().IndexOfAny(Special);
        if (first < 0)
        {
            return text;
        }

        var builder = new StringBuilder(text.Length + 16).Append(text.AsSpan(0, first));
        for (var i = first; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                builder.Append(c).Append(text[++i]);
            }
            else if (char.IsSurrogate(c))
            {
                builder.Append("%u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
            else if (Special.Contains(c))
            {
                builder.Append('%').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
            }
            else
            {
                builder.Append(c);
            }
        }

        return builder.ToString();
    }

    /// <summary>A name as a part of a key; no name stays none.</summary>
    public static string EscapeName(string name) => name.Length == 0 ? "" : Escape(name);

    /// <summary>The text that a token was made from.</summary>
    public static string Unescape(string token)
    {
        if (token == EmptyToken)
        {
            return "";
        }

        if (!token.Contains('%', StringComparison.Ordinal))
        {
            return token;
        }

        var builder = new StringBuilder(token.Length);
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] != '%')
            {
                builder.Append(token[i]);
                continue;
            }

            var (start, length) = token[i + 1] == 'u' ? (i + 2, 4) : (i + 1, 2);
            builder.Append((char)int.Parse(token.AsSpan(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            i = start + length - 1;
        }

        return builder.ToString();
    }

    /// <summary>A glob pattern that matches just the text.</summary>
    public static string GlobLiteral(string text)
    {
        var builder = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c is '*' or '?' or '[' or ']' or '\\' or '^' or '-')
            {
                builder.Append('\\');
            }

            builder.Append(c);
        }

        return builder.ToString();
    }

    /// <summary>Refuses a name that keys can not have as a part.</summary>
    public static void ThrowIfBadName(string name, string what)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaximumNameLength || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw new ModelException($"The name of {what} must be 1 to {MaximumNameLength} letters, digits, '-', '_' or '.'.");
        }
    }

    /// <summary>Refuses a name of a model, or of a key, that could be mistaken for another part of a key.</summary>
    public static void ThrowIfBadModelName(string name, string what = "a model")
    {
        ThrowIfBadName(name, what);
        if (Array.IndexOf(ReservedNames, name) >= 0)
        {
            throw new ModelException($"'{name}' can not be the name of {what}: it is a word of the key grammar.");
        }
    }
}
