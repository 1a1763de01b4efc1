using System.Globalization;
using System.Text.Json;
using RedisPatterns.Benchmarks.Data;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Users stored by hand through StackExchange.Redis: what ours is measured against.</summary>
internal sealed class HandWrittenUsers(IDatabase database, byte[] insert, byte[] update)
{
    public const string Prefix = "{hand}:user:";
    public const string StatusSets = "{hand}:idx:user:status:";
    public const string CitySets = "{hand}:idx:user:city:";
    public const string Emails = "{hand}:idx:user:email";
    public const string Ages = "{hand}:idx:user:age";
    public const string Dates = "{hand}:idx:user:created";
    public const string States = "{hand}:idx:user";
    private const string Memos = "{hand}:memo:user:";

    public IDatabase Database => database;

    public static async Task<HandWrittenUsers> CreateAsync(IConnectionMultiplexer connection)
    {
        var server = connection.GetServers()[0];
        return new HandWrittenUsers(
            connection.GetDatabase(),
            await server.ScriptLoadAsync(HandWrittenScripts.Insert),
            await server.ScriptLoadAsync(HandWrittenScripts.Update));
    }

    public static RedisKey Document(User user) => Prefix + user.Id;

    public static byte[] Serialize(User user) => JsonSerializer.SerializeToUtf8Bytes(user, UserJson.Default.User);

    /// <summary>The users in the documents that a script or MGET gave.</summary>
    public static List<User> Read(RedisResult documents) => Read((RedisValue[])documents!);

    /// <summary>The users in documents.</summary>
    public static List<User> Read(RedisValue[] documents)
    {
        var users = new List<User>(documents.Length);
        foreach (var document in documents)
        {
            users.Add(JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)document).Span, UserJson.Default.User)!);
        }

        return users;
    }

    public async Task<User> InsertAsync(User user)
    {
        var stored = user with { Version = 1 };
        var created = stored.Created.ToUnixTimeMilliseconds();
        var answer = (int)await database.ScriptEvaluateAsync(
            insert,
            [Document(stored), Memos + stored.Id, Emails, StatusSets + stored.Status, CitySets + stored.City, Ages, Dates],
            [stored.Id, Serialize(stored), Memo(stored, created), stored.Email, stored.Age, created]).ConfigureAwait(false);
        return answer == 1 ? stored : throw new InvalidOperationException($"The insert was refused: {answer}.");
    }

    public async Task<User> UpdateAsync(User user)
    {
        var stored = user with { Version = user.Version + 1 };
        var created = stored.Created.ToUnixTimeMilliseconds();
        var answer = (int)await database.ScriptEvaluateAsync(
            update,
            [Document(stored), Memos + stored.Id, Emails, StatusSets, CitySets, Ages, Dates],
            [stored.Id, Serialize(stored), Memo(stored, created), user.Version, stored.Email, stored.Status, stored.City, stored.Age, created]).ConfigureAwait(false);
        return answer == 1 ? stored : throw new InvalidOperationException($"The update was refused: {answer}.");
    }

    public async Task<User?> GetAsync(string id)
    {
        var value = await database.StringGetAsync(Prefix + id).ConfigureAwait(false);
        return value.IsNull ? null : JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)value).Span, UserJson.Default.User);
    }

    /// <summary>The same writes, each awaited before the next; nothing holds them together.</summary>
    public async Task<User> InsertStepwiseAsync(User user)
    {
        var stored = user with { Version = 1 };
        var created = stored.Created.ToUnixTimeMilliseconds();
        if (!await database.HashSetAsync(Emails, stored.Email, stored.Id, When.NotExists).ConfigureAwait(false))
            throw new InvalidOperationException("The email is taken.");
        await database.StringSetAsync(Document(stored), Serialize(stored), null, When.NotExists).ConfigureAwait(false);
        await database.SetAddAsync(StatusSets + stored.Status, stored.Id).ConfigureAwait(false);
        await database.SetAddAsync(CitySets + stored.City, stored.Id).ConfigureAwait(false);
        await database.SortedSetAddAsync(Ages, stored.Id, stored.Age).ConfigureAwait(false);
        await database.SortedSetAddAsync(Dates, stored.Id, created).ConfigureAwait(false);
        await database.StringSetAsync(Memos + stored.Id, Memo(stored, created)).ConfigureAwait(false);
        return stored;
    }

    /// <summary>The same writes for a change of status and age, each awaited before the next; no version check.</summary>
    public async Task<User> UpdateStepwiseAsync(User old, User user)
    {
        var stored = user with { Version = user.Version + 1 };
        var memo = await database.StringGetAsync(Memos + stored.Id).ConfigureAwait(false);
        if (memo.IsNull) throw new InvalidOperationException("The user does not exist.");
        await database.SetRemoveAsync(StatusSets + old.Status, stored.Id).ConfigureAwait(false);
        await database.SetAddAsync(StatusSets + stored.Status, stored.Id).ConfigureAwait(false);
        await database.SortedSetAddAsync(Ages, stored.Id, stored.Age).ConfigureAwait(false);
        await database.StringSetAsync(Document(stored), Serialize(stored)).ConfigureAwait(false);
        await database.StringSetAsync(Memos + stored.Id, Memo(stored, stored.Created.ToUnixTimeMilliseconds())).ConfigureAwait(false);
        return stored;
    }

    /// <summary>The same writes, sent together and not atomic.</summary>
    public Task InsertBatchedAsync(User user)
    {
        var batch = database.CreateBatch();
        var writes = Queue(batch, user with { Version = 1 });
        batch.Execute();
        return Task.WhenAll(writes);
    }

    /// <summary>The same writes in MULTI/EXEC, with the checks as conditions.</summary>
    public async Task InsertTransactionAsync(User user)
    {
        var transaction = database.CreateTransaction();
        transaction.AddCondition(Condition.KeyNotExists(Document(user)));
        transaction.AddCondition(Condition.HashNotExists(Emails, user.Email));
        var writes = Queue(transaction, user with { Version = 1 });
        if (!await transaction.ExecuteAsync().ConfigureAwait(false)) throw new InvalidOperationException("The insert was refused.");
        await Task.WhenAll(writes).ConfigureAwait(false);
    }

    /// <summary>The same writes with the memo as a hash of six fields; only for measuring the memory they take.</summary>
    public Task InsertWithHashMemoAsync(User user)
    {
        var batch = database.CreateBatch();
        var stored = user with { Version = 1 };
        var writes = Queue(batch, stored, withMemo: false);
        writes[^1] = batch.HashSetAsync(
            Memos + stored.Id,
            [
                new("v", stored.Version), new("email", stored.Email), new("status", stored.Status), new("city", stored.City),
                new("age", stored.Age), new("created", stored.Created.ToUnixTimeMilliseconds()),
            ]);
        batch.Execute();
        return Task.WhenAll(writes);
    }

    public async Task RemoveAsync(IEnumerable<User> users)
    {
        foreach (var part in users.Chunk(1000))
        {
            var batch = database.CreateBatch();
            var tasks = new List<Task>();
            foreach (var user in part)
            {
                tasks.Add(batch.KeyDeleteAsync([Document(user), Memos + user.Id]));
                tasks.Add(batch.HashDeleteAsync(Emails, user.Email));
                tasks.Add(batch.SetRemoveAsync(StatusSets + user.Status, user.Id));
                tasks.Add(batch.SetRemoveAsync(CitySets + user.City, user.Id));
                tasks.Add(batch.SortedSetRemoveAsync(Ages, user.Id));
                tasks.Add(batch.SortedSetRemoveAsync(Dates, user.Id));
            }

            batch.Execute();
            await Task.WhenAll(tasks);
        }
    }

    /// <summary>How many documents, claims, ages and dates there are, and members of the status sets: all the same when nothing was lost.</summary>
    public async Task<long[]> CountsAsync(string[] statuses)
    {
        var members = 0L;
        foreach (var status in statuses)
        {
            members += await database.SetLengthAsync(StatusSets + status);
        }

        return [await database.HashLengthAsync(Emails), await database.SortedSetLengthAsync(Ages), await database.SortedSetLengthAsync(Dates), members];
    }

    private static Task[] Queue(IDatabaseAsync batch, User stored, bool withMemo = true)
    {
        var created = stored.Created.ToUnixTimeMilliseconds();
        return
        [
            batch.StringSetAsync(Document(stored), Serialize(stored)),
            batch.HashSetAsync(Emails, stored.Email, stored.Id),
            batch.SetAddAsync(StatusSets + stored.Status, stored.Id),
            batch.SetAddAsync(CitySets + stored.City, stored.Id),
            batch.SortedSetAddAsync(Ages, stored.Id, stored.Age),
            batch.SortedSetAddAsync(Dates, stored.Id, created),
            withMemo ? batch.StringSetAsync(Memos + stored.Id, Memo(stored, created)) : Task.CompletedTask,
        ];
    }

    private static string Memo(User user, long created) =>
        string.Create(CultureInfo.InvariantCulture, $"{user.Version}|{user.Email}|{user.Status}|{user.City}|{user.Age}|{created}");
}
