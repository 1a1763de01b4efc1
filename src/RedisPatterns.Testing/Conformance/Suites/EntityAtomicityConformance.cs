using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises when a write of entities can not be carried out: nothing of it is left.</summary>
public class EntityAtomicityConformance : LayoutConformance
{
    /// <summary>The suite for entities that are whole documents.</summary>
    public EntityAtomicityConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected EntityAtomicityConformance(EntityLayout layout)
        : base(layout, Cases)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(An_insert_that_meets_a_key_of_another_type_writes_nothing, StoreFeatures.Scripts),
        new(An_update_that_meets_a_key_of_another_type_writes_nothing, StoreFeatures.Scripts),
        new(A_delete_that_meets_a_key_of_another_type_deletes_nothing, StoreFeatures.Scripts),
        new(A_change_that_meets_a_key_of_another_type_writes_nothing, StoreFeatures.Scripts),
        new(A_change_that_is_refused_at_any_place_writes_nothing, StoreFeatures.Scripts),
    ];

    private static readonly Customer Before = new("a", "a@x", "active", ["red", "green"], 30, DateTimeOffset.UnixEpoch);

    private static readonly Customer After = new("a", "b@x", "banned", ["green", "blue"], 31, DateTimeOffset.UnixEpoch.AddDays(1), 1);

    // Every key that a write of the two touches, old and new entries alike, without the catalogue's own hash.
    private static string[] KeysOf(ConformanceContext c) =>
    [
        .. new[]
        {
            "customer:a", MemoKey("a"), "idx:customer", "idx:customer:email", "idx:customer:status:active", "idx:customer:status:banned",
            "idx:customer:label:red", "idx:customer:label:green", "idx:customer:label:blue", "idx:customer:age", "idx:customer:created",
        }.Select(name => $"{{{c.Tag}}}:{name}"),
    ];

    private static async Task An_insert_that_meets_a_key_of_another_type_writes_nothing(ConformanceContext c)
    {
        var refused = 0;
        foreach (var key in KeysOf(c))
        {
            refused += await IsRefusedAsync(c, key, customers => customers.InsertAsync(Before, c.CancellationToken).AsTask()) ? 1 : 0;
        }

        Equal(9, refused, "inserts that touch a key of another type");
    }

    private static async Task An_update_that_meets_a_key_of_another_type_writes_nothing(ConformanceContext c)
    {
        var refused = 0;
        foreach (var key in KeysOf(c))
        {
            await ResetAsync(c);
            await EntityConformance.Customers(c).InsertAsync(Before, c.CancellationToken);
            refused += await IsRefusedAsync(c, key, customers => customers.UpdateAsync(After, c.CancellationToken).AsTask(), keep: true) ? 1 : 0;
        }

        // The catalogue is read by the first write of a repository; the label that stays is not touched.
        Equal(10, refused, "updates that touch a key of another type");
    }

    private static async Task A_delete_that_meets_a_key_of_another_type_deletes_nothing(ConformanceContext c)
    {
        var refused = 0;
        foreach (var key in KeysOf(c))
        {
            await ResetAsync(c);
            await EntityConformance.Customers(c).InsertAsync(Before, c.CancellationToken);
            refused += await IsRefusedAsync(c, key, customers => customers.DeleteAsync("a", cancellationToken: c.CancellationToken).AsTask(), keep: true) ? 1 : 0;
        }

        Equal(9, refused, "deletes that touch a key of another type");
    }

    private static async Task A_change_that_meets_a_key_of_another_type_writes_nothing(ConformanceContext c)
    {
        var refused = 0;
        foreach (var key in KeysOf(c))
        {
            await ResetAsync(c);
            var first = EntityConformance.Customers(c);
            await first.InsertAsync(Before with { Id = "z", Email = "z@x" }, c.CancellationToken);
            await first.InsertAsync(Before, c.CancellationToken);
            refused += await IsRefusedAsync(c, key, async customers =>
            {
                var change = customers.Keyspace.Change();
                change.Delete(customers, "z");
                change.Insert(customers, Before with { Id = "y", Email = "y@x", Created = DateTimeOffset.UnixEpoch.AddDays(9) });
                change.Update(customers, After);
                await change.CommitAsync(c.CancellationToken);
            }, keep: true) ? 1 : 0;
        }

        Equal(11, refused, "changes that touch a key of another type");
    }

    private static async Task A_change_that_is_refused_at_any_place_writes_nothing(ConformanceContext c)
    {
        for (var place = 0; place < 4; place++)
        {
            await ResetAsync(c);
            var customers = EntityConformance.Customers(c);
            var a = await customers.InsertAsync(Before, c.CancellationToken);
            var z = await customers.InsertAsync(Before with { Id = "z", Email = "z@x" }, c.CancellationToken);
            var contents = await EntityConformance.ContentsAsync(c);
            var change = customers.Keyspace.Change();
            for (var i = 0; i < 4; i++)
            {
                if (i == place)
                {
                    change.Insert(customers, Before with { Id = "taken", Email = "z@x" });
                }

                switch (i)
                {
                    case 0:
                        change.Update(customers, a with { Status = "banned", Labels = ["blue"], Age = null });
                        break;
                    case 1:
                        change.Upsert(customers, Customer.Number(7));
                        break;
                    case 2:
                        change.Update(customers, z with { Email = "z@x", Status = "new" });
                        break;
                    default:
                        change.Delete(customers, "a");
                        break;
                }
            }

            var refusal = await ThrowsAsync<DuplicateValueException>(async () => await change.CommitAsync(c.CancellationToken));
            Equal(place, refusal.Operation);
            Equal(contents, await EntityConformance.ContentsAsync(c));
        }
    }

    internal static string MemoKey(string id)
    {
        var hash = 2166136261u;
        foreach (var unit in id)
        {
            hash = (hash ^ unit) * 16777619u;
        }

        return $"memo:customer:{hash % 4096}";
    }

    // Puts a key of another type in the way, tries, and says whether the write was refused; refused or not, all or nothing.
    private static async Task<bool> IsRefusedAsync(ConformanceContext c, string key, Func<Repository<Customer, CustomerModel>, Task> write, bool keep = false)
    {
        if (!keep)
        {
            await ResetAsync(c);
        }

        await c.GivenAsync(Keys.Delete(key), Lists.RightPush(key, "in the way"));
        var contents = await EntityConformance.ContentsAsync(c);
        try
        {
            await write(EntityConformance.Customers(c)).ConfigureAwait(false);
            return false;
        }
        catch (WrongTypeException)
        {
            Equal(contents, await EntityConformance.ContentsAsync(c), key.Replace(c.Tag, "", StringComparison.Ordinal));
            return true;
        }
    }

    private static async Task ResetAsync(ConformanceContext c)
    {
        await foreach (var key in c.Store.ScanKeysAsync($"{{{c.Tag}}}*", 1000, c.CancellationToken))
        {
            await c.Store.SendAsync(Keys.Delete(key), c.CancellationToken);
        }
    }
}
