using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about the ids of entities: of any type, kept apart, and generated.</summary>
public sealed class IdConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Ids_of_every_type_name_their_entities, StoreFeatures.Scripts),
        new(Ids_that_differ_in_case_or_normalization_are_different, StoreFeatures.Scripts),
        new(Ids_that_are_none_are_refused_before_anything_is_sent, StoreFeatures.Scripts),
        new(Ids_are_generated_when_there_is_none, StoreFeatures.Scripts),
        new(Ids_are_generated_in_a_change, StoreFeatures.Scripts),
        new(A_sequence_counts_from_one_without_giving_a_number_twice, StoreFeatures.Scripts),
        new(A_sequence_is_refused_in_a_change, StoreFeatures.Scripts),
        new(Two_models_of_one_name_are_refused),
    ];

    private static async Task Ids_of_every_type_name_their_entities(ConformanceContext c)
    {
        await NamesAsync(c, Text(c), ["a", "a:b", "{x}", "Ä ö", "00", new string('i', 300)]);
        await NamesAsync(
            c,
            Parcels(c, new ParcelModel<Guid>("guid", ConformanceJson.Default.GuidParcel)),
            [Guid.Parse("0199a9c2-1111-7abc-8def-0123456789ab", CultureInfo.InvariantCulture), Guid.Empty, Guid.AllBitsSet]);
        await NamesAsync(c, Parcels(c, new ParcelModel<int>("int", ConformanceJson.Default.IntParcel)), [0, -1, 7, int.MinValue, int.MaxValue]);
        await NamesAsync(c, Parcels(c, new ParcelModel<long>("long", ConformanceJson.Default.LongParcel)), [0, -1, 9_007_199_254_740_993, long.MinValue, long.MaxValue]);
        await NamesAsync(c, Parcels(c, new ParcelModel<Ulid>("ulid", ConformanceJson.Default.UlidParcel)), [Ulid.MinValue, Ulid.MaxValue, new Ulid(Guid.Parse("0199a9c2-1111-7abc-8def-0123456789ab", CultureInfo.InvariantCulture))]);
        await NamesAsync(
            c,
            Parcels(c, new ParcelModel<ParcelId>("strong", ConformanceJson.Default.StrongParcel, IdConverter.Create<ParcelId, long>(id => id.Value, value => new(value)))),
            [new(1), new(-5), new(long.MaxValue)]);
    }

    private static async Task Ids_that_differ_in_case_or_normalization_are_different(ConformanceContext c)
    {
        string[] ids = ["user", "User", "USER", "caf\u00e9", "cafe\u0301", "user ", " user", "ﬁ", "fi", "ss", "ß", "k", "\u212a"];
        await NamesAsync(c, Text(c), ids);
    }

    private static async Task Ids_that_are_none_are_refused_before_anything_is_sent(ConformanceContext c)
    {
        var parcels = Text(c);
        await ThrowsAsync<EntityIdException>(async () => await parcels.InsertAsync(new(null!, "x"), c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await parcels.InsertAsync(new("", "x"), c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await parcels.GetAsync("", c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await parcels.GetManyAsync(["a", null!], c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await parcels.DeleteAsync((string)null!, cancellationToken: c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await parcels.ExistsAsync("", c.CancellationToken));
        Equal([], await EntityConformance.ContentsAsync(c));
    }

    private static async Task Ids_are_generated_when_there_is_none(ConformanceContext c)
    {
        var ulids = Ulids(c);
        var made = new List<Ulid>();
        for (var i = 0; i < 20; i++)
        {
            made.Add((await ulids.InsertAsync(new(default, "u"), c.CancellationToken)).Id);
        }

        Equal(made.Order().ToArray(), made.ToArray());
        Equal(20, made.Distinct().Count());
        Equal(new Parcel<Ulid>(made[3], "u"), await ulids.GetAsync(made[3], c.CancellationToken));
        var guid = (await Guids(c).InsertAsync(new(Guid.Empty, "g"), c.CancellationToken)).Id;
        Equal(7, guid.Version);
        Equal(new Parcel<Guid>(guid, "g"), await Guids(c).GetAsync(guid, c.CancellationToken));
        var given = Guid.AllBitsSet;
        Equal(given, (await Guids(c).InsertAsync(new(given, "g"), c.CancellationToken)).Id);
        var texts = Parcels(c, new ParcelModel<string>("generated", ConformanceJson.Default.TextParcel, generator: IdGenerators.UlidText()));
        Equal(Ulid.TextLength, (await texts.InsertAsync(new("", "t"), c.CancellationToken)).Id.Length);
        Equal(Ulid.TextLength, (await texts.UpsertAsync(new(null!, "t"), c.CancellationToken)).Id.Length);
        await ThrowsAsync<EntityIdException>(async () => await texts.UpdateAsync(new("", "t"), c.CancellationToken));
        var report = await ulids.InsertManyAsync([new(default, "m", "1"), new(default, "m", "2"), new(default, "m", "1")], cancellationToken: c.CancellationToken);
        Equal((2, 1), (report.Succeeded, report.Failed));
        Equal(2L, await ulids.Query(m => m.ByText.Is("m")).CountAsync(c.CancellationToken));
    }

    private static async Task Ids_are_generated_in_a_change(ConformanceContext c)
    {
        var (ulids, guids) = (Ulids(c), Guids(c));
        var change = ulids.Keyspace.Change();
        var first = change.Insert(ulids, new(default, "u"));
        var second = change.Upsert(ulids, new(default, "u"));
        var third = change.Insert(guids, new(Guid.Empty, "g"));
        await change.CommitAsync(c.CancellationToken);
        True(first.Value.Id != default && first.Value.Id < second.Value.Id);
        Equal(first.Value, await ulids.GetAsync(first.Value.Id, c.CancellationToken));
        Equal(third.Value, await guids.GetAsync(third.Value.Id, c.CancellationToken));
    }

    private static async Task A_sequence_counts_from_one_without_giving_a_number_twice(ConformanceContext c)
    {
        var one = Sequence(c, "one", 1);
        Equal(1L, (await one.InsertAsync(new(0, "s"), c.CancellationToken)).Id);
        Equal(2L, (await one.InsertAsync(new(0, "s"), c.CancellationToken)).Id);
        Equal("2", (await c.Store.SendAsync(Strings.Get($"{{{c.Tag}}}:seq:one"), c.CancellationToken)).AsText());

        // Two processes, each with blocks of its own.
        Repository<Parcel<long>, ParcelModel<long>>[] processes = [Sequence(c, "many", 4), Sequence(c, "many", 4)];
        var reports = await Task.WhenAll(processes.Select(parcels =>
            parcels.InsertManyAsync([.. Enumerable.Range(0, 25).Select(_ => new Parcel<long>(0, "s"))], cancellationToken: c.CancellationToken).AsTask()));
        Array.ForEach(reports, report => report.ThrowIfAnyFailed());
        var ids = reports.SelectMany(report => report.Results.Select(result => result.Value!.Id)).ToList();
        Equal(50, ids.Distinct().Count());
        Equal(1L, ids.Min());
        True(ids.Max() <= 56, $"the greatest of 50 ids in blocks of 4 by two is {ids.Max()}");
        Equal(50L, await processes[0].Query().CountAsync(c.CancellationToken));
    }

    private static async Task A_sequence_is_refused_in_a_change(ConformanceContext c)
    {
        var parcels = Sequence(c, "refused", 1);
        var change = parcels.Keyspace.Change();
        await ThrowsAsync<ModelException>(() => Task.FromResult(change.Insert(parcels, new(0, "s"))));
        Equal(0, change.Count);
        change.Insert(parcels, new(17, "s"));
        await change.CommitAsync(c.CancellationToken);
        True(await parcels.ExistsAsync(17L, c.CancellationToken));
        Equal(StoreValue.Null, await c.Store.SendAsync(Strings.Get($"{{{c.Tag}}}:seq:refused"), c.CancellationToken));
    }

    private static async Task Two_models_of_one_name_are_refused(ConformanceContext c)
    {
        var guids = new ParcelModel<Guid>("same", ConformanceJson.Default.GuidParcel);
        Parcels(c, guids);
        Parcels(c, guids);
        Parcels(c, new ParcelModel<Guid>("same", ConformanceJson.Default.GuidParcel));
        var refused = await ThrowsAsync<ModelException>(() => Task.FromResult(Parcels(c, new ParcelModel<int>("same", ConformanceJson.Default.IntParcel))));
        True(refused.Message.StartsWith("same:", StringComparison.Ordinal), refused.Message);
        Parcels(c, new ParcelModel<int>("Same", ConformanceJson.Default.IntParcel));
        c.Store.Keyspace(c.Tag, "tenant").Repository<Parcel<int>, ParcelModel<int>>(new ParcelModel<int>("same", ConformanceJson.Default.IntParcel));
        c.Store.Keyspace(c.Tag + "2").Repository<Parcel<int>, ParcelModel<int>>(new ParcelModel<int>("same", ConformanceJson.Default.IntParcel));

        // The same class, but otherwise made: entities of one can not be read by the other.
        c.Store.Keyspace(c.Tag).Repository<Ticket, TicketModel>(new TicketModel(EntityLayout.Hash, TicketExpiry.None));
        await ThrowsAsync<ModelException>(() =>
            Task.FromResult(c.Store.Keyspace(c.Tag).Repository<Ticket, TicketModel>(new TicketModel(EntityLayout.Attributes, TicketExpiry.None))));
    }

    private static Repository<Parcel<TId>, ParcelModel<TId>> Parcels<TId>(ConformanceContext c, ParcelModel<TId> model) =>
        c.Store.Keyspace(c.Tag).Repository<Parcel<TId>, ParcelModel<TId>>(model);

    private static Repository<Parcel<string>, ParcelModel<string>> Text(ConformanceContext c) =>
        Parcels(c, new ParcelModel<string>("text", ConformanceJson.Default.TextParcel));

    private static Repository<Parcel<Ulid>, ParcelModel<Ulid>> Ulids(ConformanceContext c) =>
        Parcels(c, new ParcelModel<Ulid>("ulid", ConformanceJson.Default.UlidParcel, generator: IdGenerators.Ulid()));

    private static Repository<Parcel<Guid>, ParcelModel<Guid>> Guids(ConformanceContext c) =>
        Parcels(c, new ParcelModel<Guid>("guid", ConformanceJson.Default.GuidParcel, generator: IdGenerators.GuidVersion7()));

    private static Repository<Parcel<long>, ParcelModel<long>> Sequence(ConformanceContext c, string name, int blockSize) =>
        Parcels(c, new ParcelModel<long>(name, ConformanceJson.Default.LongParcel, generator: IdGenerators.Sequence(blockSize)));

    private static async Task NamesAsync<TId>(ConformanceContext c, Repository<Parcel<TId>, ParcelModel<TId>> parcels, TId[] ids)
        where TId : notnull
    {
        var stored = new List<Parcel<TId>>();
        foreach (var id in ids)
        {
            stored.Add(await parcels.InsertAsync(new(id, "t", $"code {stored.Count}"), c.CancellationToken));
        }

        Equal(ids, stored.Select(parcel => parcel.Id).ToArray());
        EqualInAnyOrder<Parcel<TId>?>(stored, await parcels.GetManyAsync(ids, c.CancellationToken));
        Equal((long)ids.Length, await parcels.Query(m => m.ByText.Is("t")).CountAsync(c.CancellationToken));
        for (var i = 0; i < ids.Length; i++)
        {
            Equal(stored[i], await parcels.GetAsync(ids[i], c.CancellationToken));
            Equal(stored[i], await parcels.FindAsync(m => m.ByCode, $"code {i}", c.CancellationToken));
            await ThrowsAsync<EntityExistsException>(async () => await parcels.InsertAsync(new(ids[i], "again"), c.CancellationToken));
        }

        EqualInAnyOrder(ids.Select(IdTextOf), await parcels.Query().ToIdsAsync(c.CancellationToken));
        True(await parcels.DeleteAsync(ids[0], cancellationToken: c.CancellationToken));
        Equal(ids.Length - 1, (await parcels.GetManyAsync(ids, c.CancellationToken)).Count(parcel => parcel is not null));
        Equal(0, (await parcels.VerifyAsync(c.CancellationToken)).Differences.Count);
    }

    private static string IdTextOf<TId>(TId id) => id switch
    {
        ParcelId strong => strong.Value.ToString(CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => id!.ToString()!,
    };
}
