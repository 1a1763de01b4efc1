using System.Globalization;
using RedisPatterns.Benchmarks.Data;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>The same indexes by hand, each write a script with the guarantees of ours: existence, version, the unique value, and only what has changed.</summary>
internal sealed class HandWrittenIndexes
{
    private const string Prefix = "{handindexes}:user:";
    private const string Memos = "{handindexes}:memo:user:";
    private readonly IDatabase _database;
    private readonly int _count;
    private readonly byte[] _insert;
    private readonly byte[] _update;
    private readonly byte[] _newest;
    private readonly RedisKey[] _indexes;

    private HandWrittenIndexes(IDatabase database, int count, byte[] insert, byte[] update, byte[] newest)
    {
        (_database, _count, _insert, _update, _newest) = (database, count, insert, update, newest);
        _indexes = [.. Enumerable.Range(0, count).Select(i => (RedisKey)$"{{handindexes}}:idx:user:{Names[i]}")];
    }

    private static string[] Names { get; } = ["email", "status:", "city:", "age", "created", "first-name:", "status-age", "last-name"];

    private const string NewestLua = """
        local call = redis.call
        local members = call('ZRANGEBYLEX', KEYS[1], ARGV[1], ARGV[2])
        if #members == 0 then return {} end
        local ids = {}
        for i = 1, #members do ids[i] = string.match(members[i], '([^\t]*)$') end
        local dates = call('ZMSCORE', KEYS[2], unpack(ids))
        local found = {}
        for i = 1, #ids do found[i] = {tonumber(dates[i]), ids[i]} end
        table.sort(found, function(a, b) if a[1] ~= b[1] then return a[1] > b[1] end return a[2] > b[2] end)
        local keys = {}
        for i = 1, math.min(#found, tonumber(ARGV[3])) do keys[i] = ARGV[4] .. found[i][2] end
        return call('MGET', unpack(keys))
        """;

    // Claim, tag, range, or member of a sorted set without scores.
    private static string Kinds => "uttrrtmm";

    public static async Task<HandWrittenIndexes> CreateAsync(IConnectionMultiplexer connection, int count)
    {
        var server = connection.GetServers()[0];
        return new HandWrittenIndexes(
            connection.GetDatabase(),
            count,
            await server.ScriptLoadAsync(InsertLua(count)),
            await server.ScriptLoadAsync(UpdateLua(count)),
            await server.ScriptLoadAsync(NewestLua));
    }

    public async Task<User> InsertAsync(User user)
    {
        var stored = user with { Version = 1 };
        var values = ValuesOf(stored);
        var answer = (int)await _database.ScriptEvaluateAsync(
            _insert, [Prefix + stored.Id, Memos + stored.Id, .. _indexes], [stored.Id, HandWrittenUsers.Serialize(stored), Memo(stored, values), .. values]).ConfigureAwait(false);
        return answer == 1 ? stored : throw new InvalidOperationException($"The insert was refused: {answer}.");
    }

    public async Task<User> UpdateAsync(User user)
    {
        var stored = user with { Version = user.Version + 1 };
        var values = ValuesOf(stored);
        var answer = (int)await _database.ScriptEvaluateAsync(
            _update,
            [Prefix + stored.Id, Memos + stored.Id, .. _indexes],
            [stored.Id, HandWrittenUsers.Serialize(stored), Memo(stored, values), user.Version, .. values]).ConfigureAwait(false);
        return answer == 1 ? stored : throw new InvalidOperationException($"The update was refused: {answer}.");
    }

    /// <summary>The newest of a status and of some ages, by the index of both.</summary>
    public async Task<List<User>> NewestAsync(UserFilter filter, int take) => HandWrittenUsers.Read(await _database.ScriptEvaluateAsync(
        _newest,
        [_indexes[6], _indexes[4]],
        [$"[{filter.Status}\t{filter.LeastAge:D3}", $"({filter.Status}\t{filter.GreatestAge + 1:D3}", take, Prefix]).ConfigureAwait(false));

    public async Task RemoveAsync(IEnumerable<User> users)
    {
        foreach (var part in users.Chunk(500))
        {
            var batch = _database.CreateBatch();
            var tasks = new List<Task>();
            foreach (var user in part)
            {
                var values = ValuesOf(user);
                tasks.Add(batch.KeyDeleteAsync([Prefix + user.Id, Memos + user.Id]));
                for (var i = 0; i < _count; i++)
                {
                    tasks.Add(Kinds[i] switch
                    {
                        'u' => batch.HashDeleteAsync(_indexes[i], values[i]),
                        't' => batch.SetRemoveAsync(_indexes[i].Append(values[i].ToString()), user.Id),
                        'r' => batch.SortedSetRemoveAsync(_indexes[i], user.Id),
                        _ => batch.SortedSetRemoveAsync(_indexes[i], values[i]),
                    });
                }
            }

            batch.Execute();
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
    }

    private static RedisValue Memo(User user, RedisValue[] values) => $"{user.Version}|{string.Join('|', values)}";

    private static string InsertLua(int count)
    {
        var lua = new System.Text.StringBuilder("""
            local call = redis.call
            local id = ARGV[1]
            if not call('SET', KEYS[1], ARGV[2], 'NX') then return -1 end
            if call('HSETNX', KEYS[3], ARGV[4], id) == 0 then
              call('DEL', KEYS[1])
              return -2
            end

            """);
        for (var i = 1; i < count; i++)
        {
            lua.Append(CultureInfo.InvariantCulture, $"{Add(i, $"ARGV[{i + 4}]")}\n");
        }

        return lua.Append("call('SET', KEYS[2], ARGV[3])\nreturn 1\n").ToString();
    }

    private static string UpdateLua(int count)
    {
        var names = string.Join(", ", Enumerable.Range(0, count).Select(i => $"o{i}"));
        var pattern = string.Concat(Enumerable.Repeat("|([^|]*)", count));
        var lua = new System.Text.StringBuilder($"""
            local call = redis.call
            local id = ARGV[1]
            local memo = call('GET', KEYS[2])
            if not memo then return -1 end
            local version, {names} = string.match(memo, '^(%d+){pattern}$')
            if version ~= ARGV[4] then return -3 end
            if o0 ~= ARGV[5] then
              if call('HSETNX', KEYS[3], ARGV[5], id) == 0 then return -2 end
              call('HDEL', KEYS[3], o0)
            end

            """);
        for (var i = 1; i < count; i++)
        {
            var remove = Kinds[i] switch
            {
                't' => $"call('SREM', KEYS[{i + 3}] .. o{i}, id) ",
                'm' => $"call('ZREM', KEYS[{i + 3}], o{i}) ",
                _ => "",
            };
            lua.Append(CultureInfo.InvariantCulture, $"if o{i} ~= ARGV[{i + 5}] then {remove}{Add(i, $"ARGV[{i + 5}]")} end\n");
        }

        return lua.Append("call('SET', KEYS[1], ARGV[2])\ncall('SET', KEYS[2], ARGV[3])\nreturn 1\n").ToString();
    }

    private static string Add(int index, string value) => Kinds[index] switch
    {
        't' => $"call('SADD', KEYS[{index + 3}] .. {value}, id)",
        'r' => $"call('ZADD', KEYS[{index + 3}], {value}, id)",
        _ => $"call('ZADD', KEYS[{index + 3}], 0, {value})",
    };

    private RedisValue[] ValuesOf(User user) =>
    [
        .. new RedisValue[]
        {
            user.Email, user.Status, user.City, user.Age, user.Created.ToUnixTimeMilliseconds(), user.FirstName,
            $"{user.Status}\t{user.Age:D3}\t{user.Id}", $"{user.LastName.ToLowerInvariant()}\t{user.Id}",
        }.Take(_count),
    ];
}
