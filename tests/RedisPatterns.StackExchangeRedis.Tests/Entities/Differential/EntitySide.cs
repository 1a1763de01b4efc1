using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>One of the two stores, with the repositories of a sequence and what has come back of it.</summary>
internal sealed class EntitySide
{
    public const int Main = 0;
    public const int Other = 1;

    /// <summary>Another program's repository of the first model: with other indexes, and of the first schema.</summary>
    public const int Older = 2;

    private readonly Dictionary<(int Repository, string Id), long> _versions = [];

    public EntitySide(IKeyValueStore store, string name, IReadOnlyList<GadgetVariant> variants, CancellationToken cancellation)
    {
        Store = store;
        Cancellation = cancellation;
        var ours = new SameStore(store).Keyspace(name);
        var theirs = new SameStore(store).Keyspace(name);
        Tag = ours.Tag;
        Repositories = [.. variants.Select((variant, i) => (i == Older ? theirs : ours).Repository<Gadget, GadgetModel>(new GadgetModel(variant)))];
    }

    public IKeyValueStore Store { get; }

    public string Tag { get; }

    public Repository<Gadget, GadgetModel>[] Repositories { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The version of an entity that came back last; the two programs know the same.</summary>
    public long VersionOf(int repository, string id) => _versions.GetValueOrDefault((repository % Older, id));

    public void Learn(int repository, string id, long version) => _versions[(repository % Older, id)] = version;

    public string Learn(int repository, Gadget? gadget)
    {
        if (gadget is null)
        {
            return "nothing";
        }

        Learn(repository, gadget.Id, gadget.Version);
        return gadget.ToString();
    }

    public async Task<string> SendAsync<TReply>(StoreCommand<TReply> command) => $"{await Store.SendAsync(command, Cancellation)}";

    public async Task<string> DeleteAllAsync()
    {
        foreach (var line in await KeyspaceContents.KeysAsync(Store, Tag, Cancellation))
        {
            await Store.SendAsync(Keys.Delete(line), Cancellation);
        }

        return "";
    }
}
