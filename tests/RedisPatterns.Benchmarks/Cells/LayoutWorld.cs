using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.HandWritten;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>The users that the layout cells work on, in every layout on both sides.</summary>
internal sealed class LayoutWorld(Clients clients, HandWrittenLayouts hand, HandWrittenChunks chunks, int count)
{
    private const int Spare = 30_000;
    private const long FirstSpare = 5_000_000;

    private readonly Keyspace _keyspace = clients.Store.Keyspace("layouts");

    public HandWrittenLayouts Hand { get; } = hand;

    public HandWrittenChunks HandChunks { get; } = chunks;

    public User[] Users { get; } = [.. Enumerable.Range(0, count).Select(number => Data.Users.Make(number))];

    public User[] ToInsert { get; } = [.. Enumerable.Range(0, Math.Min(Spare, 12 * count)).Select(number => Data.Users.Make(FirstSpare + number))];

    public Repository<User, PlainUserModel> Documents => field ??= Of("d", EntityLayout.Document());

    public Repository<User, PlainUserModel> Hashes => field ??= Of("h", EntityLayout.Hash);

    public Repository<User, PlainUserModel> Attributes => field ??= Of("a", EntityLayout.Attributes);

    public Repository<User, PlainUserModel> Chunked => field ??= Of("c", EntityLayout.Chunked());

    public async Task LoadAsync()
    {
        await World.AllAsync(count, i => Documents.InsertAsync(Users[i]).AsTask());
        await World.AllAsync(count, i => Hashes.InsertAsync(Users[i]).AsTask());
        await World.AllAsync(count, i => Attributes.InsertAsync(Users[i]).AsTask());
        await World.AllAsync(count, i => Chunked.InsertAsync(Users[i]).AsTask());
        await World.AllAsync(count, i => Hand.InsertDocumentAsync(Users[i]));
        await World.AllAsync(count, i => Hand.InsertHashAsync(Users[i]));
        await World.AllAsync(count, i => Hand.InsertKeysAsync(Users[i]));
        await World.AllAsync(count, i => HandChunks.InsertAsync(Users[i]));
    }

    /// <summary>Removes what was inserted, whoever inserted it.</summary>
    public async Task RemoveAsync(long from, long to)
    {
        await World.AllAsync(to - from, async i =>
        {
            var id = ToInsert[(from + i) % ToInsert.Length].Id;
            await Documents.DeleteAsync(id);
            await Hashes.DeleteAsync(id);
            await Attributes.DeleteAsync(id);
            await Chunked.DeleteAsync(id);
            var manifest = HandWrittenChunks.Manifests + id;
            var generation = await clients.Database.StringGetAsync(manifest);
            await clients.Database.KeyDeleteAsync(
                [HandWrittenLayouts.Documents + id, HandWrittenLayouts.Hashes + id, manifest, $"{manifest}:{generation}", .. HandWrittenLayouts.KeysOf(id)]);
        });
    }

    private Repository<User, PlainUserModel> Of(string name, EntityLayout layout) => _keyspace.Repository<User, PlainUserModel>(new PlainUserModel(name, layout));
}
