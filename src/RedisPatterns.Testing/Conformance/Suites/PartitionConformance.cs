using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about keyspaces in partitions: where entities lie, and that unique values are unique in all of them.</summary>
public sealed class PartitionConformance : LayoutConformance
{
    private const int Racers = 12;

    /// <summary>The suite.</summary>
    public PartitionConformance()
        : base(ConformanceLayouts.Document, Cases, ConformanceLayouts.Partitions)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(A_keyspace_keeps_the_number_of_its_partitions),
        new(An_entity_lies_in_the_partition_of_its_id, StoreFeatures.Scripts),
        new(Verbs_reach_every_partition, StoreFeatures.Scripts),
        new(A_value_is_unique_in_all_partitions, StoreFeatures.Scripts),
        new(What_one_partition_would_refuse_comes_first, StoreFeatures.Scripts),
        new(Of_many_that_want_a_value_one_gets_it, StoreFeatures.Scripts),
        new(Values_that_go_to_and_fro_stay_unique, StoreFeatures.Scripts),
        new(Writes_of_one_entity_that_were_overtaken_are_refused, StoreFeatures.Scripts),
        new(An_upsert_of_what_has_ended_claims_anew, StoreFeatures.Scripts),
        new(A_crash_amid_a_write_keeps_nobody_from_its_values, StoreFeatures.Scripts),
        new(Claims_are_verified_and_mended, StoreFeatures.Scripts),
        new(A_new_unique_index_is_built_in_all_partitions, StoreFeatures.Scripts),
        new(A_change_can_not_span_partitions, StoreFeatures.Scripts),
    ];

    private static async Task A_keyspace_keeps_the_number_of_its_partitions(ConformanceContext c)
    {
        var tag = c.Tag + "/kept";
        var first = await c.Store.OpenPartitionedKeyspaceAsync(tag, new PartitionedKeyspaceOptions { Partitions = 7, Tenant = "a,b" }, c.CancellationToken);
        Equal(7, first.Partitions.Count);
        Equal(7, first.Partitions.Select(partition => partition.Tag).Distinct().Count());
        True(first.Partitions.All(partition => partition.Tenant == "a,b" && first.Partitions[partition.Partition!.Value] == partition), "each knows its number");
        var again = await c.Store.OpenPartitionedKeyspaceAsync(tag, new PartitionedKeyspaceOptions { Partitions = 7, Tenant = "a,b" }, c.CancellationToken);
        Equal(first.Partitions.Select(partition => partition.Tag), again.Partitions.Select(partition => partition.Tag));
        var other = await ThrowsAsync<PartitionCountException>(async () =>
            await c.Store.OpenPartitionedKeyspaceAsync(tag, new PartitionedKeyspaceOptions { Partitions = 8, Tenant = "a,b" }, c.CancellationToken));
        Equal((7L, 8), (other.Stored, other.Asked));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(new PartitionedKeyspaceOptions { Partitions = 0 }));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(new PartitionedKeyspaceOptions { Partitions = 4_097 }));
    }

    private static async Task An_entity_lies_in_the_partition_of_its_id(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var seen = new HashSet<int>();
        for (var i = 0; i < 40; i++)
        {
            var customer = await customers.InsertAsync(Customer.Number(i), c.CancellationToken);
            var partition = c.Partitioned!.PartitionOf(customer.Id);
            seen.Add(partition.Partition!.Value);
            True(await c.Store.SendAsync(Keys.Exists($"{partition.Tag}:customer:{customer.Id}"), c.CancellationToken));
            Equal(customer.Id, (await c.Store.SendAsync(Hashes.Get($"{partition.Tag}:idx:customer:email", customer.Email!), c.CancellationToken)).AsText());
        }

        Equal(ConformanceLayouts.Partitions, seen.Count);
    }

    private static async Task Verbs_reach_every_partition(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var all = Enumerable.Range(0, 30).Select(Customer.Number).ToList();
        (await customers.InsertManyAsync(all, cancellationToken: c.CancellationToken)).ThrowIfAnyFailed();
        all = all.ConvertAll(customer => customer with { Version = 1 });
        string[] ids = [.. all.Select(customer => customer.Id), "none", all[3].Id];
        Equal([.. all, null, all[3]], await customers.GetManyAsync(ids, c.CancellationToken));
        Equal([.. all.Select(_ => true), false, true], await customers.ExistManyAsync(ids, c.CancellationToken));
        foreach (var customer in all)
        {
            Equal(customer, await customers.GetAsync(customer.Id, c.CancellationToken));
            Equal(customer, await customers.FindAsync(m => m.ByEmail, customer.Email, c.CancellationToken));
        }

        var edited = await customers.EditAsync(all[0].Id, customer => customer with { Status = "edited", Email = "edited@example.com" }, c.CancellationToken);
        Equal(edited, await customers.FindAsync(m => m.ByEmail, "edited@example.com", c.CancellationToken));
        Equal(null, await customers.FindAsync(m => m.ByEmail, all[0].Email, c.CancellationToken));
        await customers.UpsertAsync(all[1] with { Status = "upserted" }, c.CancellationToken);
        await customers.UpdateAsync(all[2] with { Status = "updated" }, c.CancellationToken);
        True(await customers.DeleteAsync(all[3].Id, cancellationToken: c.CancellationToken));
        True(!await customers.DeleteAsync(all[3].Id, cancellationToken: c.CancellationToken));
        EqualInAnyOrder(["edited", "upserted", "updated"], (await customers.Query(m => m.ByStatus.AnyOf("edited", "upserted", "updated")).ToListAsync(c.CancellationToken)).Select(customer => customer.Status));
        Equal(29L, await customers.Query().CountAsync(c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 29);
    }

    private static async Task A_value_is_unique_in_all_partitions(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var holder = await customers.InsertAsync(Customer.Number(0) with { Email = "one@example.com" }, c.CancellationToken);
        for (var i = 1; i < 12; i++)
        {
            var refusal = await ThrowsAsync<DuplicateValueException>(async () => await customers.InsertAsync(Customer.Number(i) with { Email = "one@example.com" }, c.CancellationToken));
            Equal("email", refusal.Index);
            await customers.InsertAsync(Customer.Number(i), c.CancellationToken);
            await ThrowsAsync<DuplicateValueException>(async () => await customers.UpdateAsync(Customer.Number(i) with { Email = "one@example.com", Version = 1 }, c.CancellationToken));
            await ThrowsAsync<DuplicateValueException>(async () => await customers.UpsertAsync(Customer.Number(i) with { Email = "one@example.com" }, c.CancellationToken));
        }

        // Given up by an update, then by a delete; and by an update that was refused nothing is lost.
        holder = await customers.UpdateAsync(holder with { Email = "two@example.com" }, c.CancellationToken);
        var second = await customers.UpdateAsync(Customer.Number(1) with { Email = "one@example.com", Version = 1 }, c.CancellationToken);
        await ThrowsAsync<VersionConflictException>(async () => await customers.UpdateAsync(holder with { Email = "three@example.com", Version = 9 }, c.CancellationToken));
        await customers.InsertAsync(Customer.Number(20) with { Email = "three@example.com" }, c.CancellationToken);
        await customers.DeleteAsync(holder.Id, cancellationToken: c.CancellationToken);
        await customers.InsertAsync(Customer.Number(21) with { Email = "two@example.com" }, c.CancellationToken);
        Equal(second, await customers.FindAsync(m => m.ByEmail, "one@example.com", c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 13);
        foreach (var customer in await customers.Query().ToListAsync(c.CancellationToken))
        {
            await customers.DeleteAsync(customer.Id, cancellationToken: c.CancellationToken);
        }

        Equal([], await ClaimsAsync(c));
    }

    private static async Task What_one_partition_would_refuse_comes_first(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        await customers.InsertAsync(Customer.Number(0) with { Email = "one@example.com" }, c.CancellationToken);
        var one = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await ThrowsAsync<EntityExistsException>(async () => await customers.InsertAsync(one with { Email = "one@example.com" }, c.CancellationToken));
        await ThrowsAsync<EntityNotFoundException>(async () => await customers.UpdateAsync(Customer.Number(2) with { Email = "one@example.com", Version = 1 }, c.CancellationToken));
        await ThrowsAsync<VersionConflictException>(async () => await customers.UpdateAsync(one with { Email = "one@example.com", Version = 7 }, c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 2);
    }

    private static async Task Of_many_that_want_a_value_one_gets_it(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        for (var round = 0; round < 5; round++)
        {
            var email = $"race{round}@example.com";
            var won = await Task.WhenAll(Enumerable.Range(0, Racers).Select(async racer =>
            {
                try
                {
                    await customers.InsertAsync(Customer.Number((round * Racers) + racer) with { Email = email }, c.CancellationToken);
                    return true;
                }
                catch (DuplicateValueException)
                {
                    return false;
                }
            }));
            Equal(1, won.Count(one => one), $"round {round}");
        }

        await EntityConformance.IsCleanAsync(c, customers, 5);
    }

    // A few values, many entities, no patience: attempts revoke one another all the time.
    private static async Task Values_that_go_to_and_fro_stay_unique(ConformanceContext c)
    {
        const int Values = 3;
        const int Entities = 9;
        var keyspace = await ImpatientAsync(c, c.Store);
        var customers = keyspace.Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            var random = new Random(writer);
            for (var i = 0; i < 25; i++)
            {
                try
                {
                    var customer = Customer.Number(random.Next(Entities)) with { Email = $"v{random.Next(Values)}@example.com" };
                    Task write = random.Next(4) == 0 ? customers.DeleteAsync(customer.Id, cancellationToken: c.CancellationToken).AsTask() : customers.UpsertAsync(customer, c.CancellationToken).AsTask();
                    await write;
                }
                catch (EntityException refusal) when (refusal is DuplicateValueException or EntityBusyException)
                {
                    // Another has the value, or everybody wants it.
                }
            }
        }));
        var all = await customers.Query().ToListAsync(c.CancellationToken);
        Equal(all.Count, all.Select(customer => customer.Email).Distinct().Count());
        foreach (var customer in all)
        {
            Equal(customer, await customers.FindAsync(m => m.ByEmail, customer.Email, c.CancellationToken));
        }

        True((await customers.RepairAsync(cancellationToken: c.CancellationToken)).IsMended);
        await EntityConformance.IsCleanAsync(c, customers, all.Count);
    }

    // Two writers of one entity stand still between claim and write while another entity takes the value from both.
    private static async Task Writes_of_one_entity_that_were_overtaken_are_refused(ConformanceContext c)
    {
        var customers = (await ImpatientAsync(c, c.Store)).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
        var slow = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var taken = Customer.Number(2) with { Email = "wanted@example.com" };
        var writes = new List<Task>();
        await using var first = new HoldingKeyValueStore(c.Store, "entity write");
        await using var second = new HoldingKeyValueStore(c.Store, "entity write");
        foreach (var store in (HoldingKeyValueStore[])[first, second])
        {
            var repository = (await ImpatientAsync(c, store)).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
            writes.Add(repository.UpsertAsync(slow with { Email = taken.Email }, c.CancellationToken).AsTask());
            await store.Held.WaitAsync(c.CancellationToken);
        }

        await customers.InsertAsync(taken, c.CancellationToken);
        first.Release();
        second.Release();
        foreach (var write in writes)
        {
            await ThrowsAsync<DuplicateValueException>(() => write);
        }

        EqualInAnyOrder(["c0002"], await customers.Query(m => m.ByEmail.Is(taken.Email)).ToIdsAsync(c.CancellationToken));
        Equal(slow, await customers.GetAsync(slow.Id, c.CancellationToken));
        True((await customers.RepairAsync(cancellationToken: c.CancellationToken)).IsMended);
        await EntityConformance.IsCleanAsync(c, customers, 2);
    }

    // What is remembered of an entity that has ended gives it no right to its values.
    private static async Task An_upsert_of_what_has_ended_claims_anew(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var ended = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await c.GivenAsync(Keys.Delete($"{c.Partitioned!.PartitionOf(ended.Id).Tag}:customer:{ended.Id}"));
        await customers.InsertAsync(Customer.Number(2) with { Email = ended.Email }, c.CancellationToken);
        await ThrowsAsync<DuplicateValueException>(async () => await customers.UpsertAsync(ended with { Status = "back" }, c.CancellationToken));
        await customers.DeleteAsync("c0002", cancellationToken: c.CancellationToken);
        await customers.UpsertAsync(ended with { Status = "back" }, c.CancellationToken);
        Equal(ended.Id, (await customers.FindAsync(m => m.ByEmail, ended.Email, c.CancellationToken))?.Id);
        await EntityConformance.IsCleanAsync(c, customers, 1);
    }

    private static Task A_crash_amid_a_write_keeps_nobody_from_its_values(ConformanceContext c) => CrashAsync(c, 1, 2);

    /// <summary>A process that dies at a call of a write that takes a value and gives one up; then others want both.</summary>
    internal static async Task CrashAsync(ConformanceContext c, int first, int step)
    {
        var customers = (await ImpatientAsync(c, c.Store)).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
        var (call, wasStruck) = (first, true);
        for (var number = 0; wasStruck; call += step)
        {
            wasStruck = false;
            foreach (var fault in (ChaosFault[])[ChaosFault.BeforeSend, ChaosFault.AfterEffect])
            {
                foreach (var verb in (string[])["insert", "update", "delete"])
                {
                    var customer = Customer.Number(number++) with { Email = $"old{number}@example.com" };
                    var stored = verb == "insert" ? null : await customers.InsertAsync(customer, c.CancellationToken);
                    await using var chaos = new ChaosStore(c.Store, new ChaosOptions { Rules = [new ChaosRule { Fault = fault, AtCall = call + 1 }] }, ownsInner: false);
                    var struck = (await ImpatientAsync(c, chaos)).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
                    var wanted = customer with { Email = $"new{number}@example.com", Version = stored?.Version ?? 0 };
                    try
                    {
                        Task write = verb switch
                        {
                            "insert" => struck.InsertAsync(wanted, c.CancellationToken).AsTask(),
                            "update" => struck.UpdateAsync(wanted, c.CancellationToken).AsTask(),
                            _ => struck.DeleteAsync(customer.Id, cancellationToken: c.CancellationToken).AsTask(),
                        };
                        await write;
                    }
                    catch (StoreException)
                    {
                        // The process is gone.
                    }

                    wasStruck |= chaos.Calls > call;
                    var has = await customers.GetAsync(customer.Id, c.CancellationToken);
                    foreach (var email in (string[])[$"old{number}@example.com", $"new{number}@example.com"])
                    {
                        var other = Customer.Number(number + 5_000) with { Email = email };
                        var what = $"{verb}, call {call}, {fault}, {email}";
                        if (has?.Email == email)
                        {
                            Equal(has, await customers.FindAsync(m => m.ByEmail, email, c.CancellationToken), what);
                            await ThrowsAsync<DuplicateValueException>(async () => await customers.InsertAsync(other, c.CancellationToken), what);
                        }
                        else
                        {
                            Equal(null, await customers.FindAsync(m => m.ByEmail, email, c.CancellationToken), what);
                            await customers.InsertAsync(other, c.CancellationToken);
                            await customers.DeleteAsync(other.Id, cancellationToken: c.CancellationToken);
                        }
                    }
                }
            }
        }

        // Insert: claim, memo, write. Update: and the old claim, twice looked at. What nobody has met is mended.
        True(call > 5, $"{call} calls");
        True((await customers.RepairAsync(cancellationToken: c.CancellationToken)).IsMended);
        Equal("", string.Join(", ", (await customers.VerifyAsync(c.CancellationToken)).Differences));
    }

    private static async Task Claims_are_verified_and_mended(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        for (var i = 0; i < 6; i++)
        {
            await customers.InsertAsync(Customer.Number(i) with { Email = $"v{i}" }, c.CancellationToken);
        }

        StoreKey Claims(string value) => $"{c.Partitioned!.PartitionOf(value).Tag}:claim:customer:email";
        await c.Store.SendAsync(Hashes.Delete(Claims("v0"), "v0"), c.CancellationToken);
        await c.Store.SendAsync(Hashes.Set(Claims("v1"), "v1", "c0002\tsome attempt"), c.CancellationToken);
        await c.Store.SendAsync(Hashes.Set(Claims("v2"), "v2", "damaged"), c.CancellationToken);
        await c.Store.SendAsync(Hashes.Set(Claims("ghost"), "ghost", "c0003\tanother"), c.CancellationToken);
        IndexDrift[] expected =
        [
            new(DriftKind.MissingEntry, "email", "c0000"),
            new(DriftKind.MissingEntry, "email", "c0001"),
            new(DriftKind.MissingEntry, "email", "c0002"),
            new(DriftKind.ExtraEntry, "email", "c0002"),
            new(DriftKind.ExtraEntry, "email", ""),
            new(DriftKind.ExtraEntry, "email", "c0003"),
        ];
        EqualInAnyOrder(expected, (await customers.VerifyAsync(c.CancellationToken)).Differences);
        True((await customers.RepairAsync(cancellationToken: c.CancellationToken)).IsMended);
        await EntityConformance.IsCleanAsync(c, customers, 6);
        Equal(6, (await ClaimsAsync(c)).Count);
        for (var i = 0; i < 6; i++)
        {
            Equal($"c000{i}", (await customers.FindAsync(m => m.ByEmail, $"v{i}", c.CancellationToken))?.Id);
        }
    }

    private static async Task A_new_unique_index_is_built_in_all_partitions(ConformanceContext c)
    {
        await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
        var former = await ImpatientAsync(c, other);
        var bare = former.Repository<Customer, BareCustomerModel>(new BareCustomerModel(c.Layout));
        for (var i = 0; i < 10; i++)
        {
            await bare.InsertAsync(Customer.Number(i) with { Email = i < 2 ? "same@example.com" : $"v{i}@example.com" }, c.CancellationToken);
        }

        var customers = EntityConformance.Customers(c);
        await ThrowsAsync<IndexNotReadyException>(async () => await customers.FindAsync(m => m.ByEmail, "v4@example.com", c.CancellationToken));
        var options = new IndexBuildOptions { Settle = TimeSpan.Zero };
        var report = await customers.BuildIndexesAsync(options, c.CancellationToken);
        Equal((10L, 1, false), (report.Read, report.Duplicates.Count, report.IsReady));
        await customers.DeleteAsync(report.Duplicates[0].Id, cancellationToken: c.CancellationToken);
        report = await customers.BuildIndexesAsync(options, c.CancellationToken);
        True(report.IsReady);
        True((await customers.GetIndexStatesAsync(c.CancellationToken)).All(status => status.State == IndexState.Ready), "all are ready");
        Equal("c0004", (await customers.FindAsync(m => m.ByEmail, "v4@example.com", c.CancellationToken))?.Id);
        await ThrowsAsync<DuplicateValueException>(async () => await customers.InsertAsync(Customer.Number(20) with { Email = "same@example.com" }, c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 9);
        await customers.DisableIndexAsync(m => m.ByEmail, c.CancellationToken);
        await ThrowsAsync<IndexNotReadyException>(async () => await customers.FindAsync(m => m.ByEmail, "none@example.com", c.CancellationToken));
    }

    private static async Task A_change_can_not_span_partitions(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var change = c.Partitioned!.PartitionOf("c0000").Change();
        await ThrowsAsync<CrossSlotException>(() => Task.FromResult(change.Insert(customers, Customer.Number(0))));
    }

    private static ValueTask<PartitionedKeyspace> ImpatientAsync(ConformanceContext c, IKeyValueStore store) =>
        store.OpenPartitionedKeyspaceAsync(c.Tag, new PartitionedKeyspaceOptions { Partitions = ConformanceLayouts.Partitions, ClaimPatience = TimeSpan.Zero }, c.CancellationToken);

    private static async Task<IReadOnlyList<string>> ClaimsAsync(ConformanceContext c)
    {
        var claims = new List<string>();
        foreach (var partition in c.Partitioned!.Partitions)
        {
            claims.AddRange((await c.Store.SendAsync(Hashes.GetAll($"{partition.Tag}:claim:customer:email"), c.CancellationToken)).Select(entry => entry.Field.AsText()!));
        }

        return claims;
    }
}
