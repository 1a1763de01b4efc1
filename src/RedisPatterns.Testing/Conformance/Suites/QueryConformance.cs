namespace RedisPatterns.Testing;

/// <summary>What every store promises about queries: the answers of a plain list of entities.</summary>
public class QueryConformance : LayoutConformance
{
    private const int Many = 300;

    /// <summary>The suite for entities that are whole documents.</summary>
    public QueryConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected QueryConformance(EntityLayout layout, int partitions = 1)
        : base(layout, Cases, partitions)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(Filters_find_what_a_list_would, StoreFeatures.Scripts),
        new(Orders_are_those_of_the_index, StoreFeatures.Scripts),
        new(Random_queries_answer_as_a_list_would, StoreFeatures.Scripts),
        new(Sets_and_ranges_larger_than_a_call_may_touch_are_gone_through_in_pieces, StoreFeatures.Scripts),
        new(Infinite_and_extreme_numbers_keep_their_order, StoreFeatures.Scripts),
        new(A_query_of_an_empty_keyspace_finds_nothing, StoreFeatures.Scripts),
        new(What_an_index_can_not_hold_exactly_is_refused),
    ];

    private static async Task Filters_find_what_a_list_would(ConformanceContext c)
    {
        var (customers, all) = await FillAsync(c, Many);
        await CheckAsync(c, customers, all, m => m.ByStatus.Is("active"), x => x.Status == "active");
        await CheckAsync(c, customers, all, m => m.ByStatus.AnyOf("active", "new"), x => x.Status is "active" or "new");
        await CheckAsync(c, customers, all, m => m.ByStatus.AnyOf(), _ => false);
        await CheckAsync(c, customers, all, m => m.ByStatus.NoneOf("active"), x => x.Status != "active");
        await CheckAsync(c, customers, all, m => m.ByLabel.AllOf("even", "m2"), x => x.Labels!.Contains("even") && x.Labels!.Contains("m2"));
        await CheckAsync(c, customers, all, m => m.ByLabel.AllOf(), _ => true);
        await CheckAsync(c, customers, all, m => m.ByAge.Between(20, 30), x => x.Age is >= 20 and <= 30);
        await CheckAsync(c, customers, all, m => m.ByAge.Between(null, 30), x => x.Age is <= 30);
        await CheckAsync(c, customers, all, m => m.ByAge.GreaterThan(60) | m.ByAge.LessThan(20), x => x.Age is > 60 or < 20);
        await CheckAsync(c, customers, all, m => m.ByAge.AtLeast(60) & m.ByAge.AtMost(65), x => x.Age is >= 60 and <= 65);
        await CheckAsync(c, customers, all, m => !m.ByAge.Between(20, 65), x => x.Age is < 20 or > 65);
        await CheckAsync(c, customers, all, m => !(m.ByStatus.Is("active") | m.ByLabel.Is("even")), x => x.Status != "active" && !x.Labels!.Contains("even"));
        await CheckAsync(c, customers, all, m => m.ByStatus.Is("active") & !m.ByLabel.Is("even") & m.ByAge.AtLeast(30), x => x.Status == "active" && !x.Labels!.Contains("even") && x.Age >= 30);
        await CheckAsync(c, customers, all, m => m.ByStatus.Is("nobody") & m.ByAge.AtLeast(0), _ => false);
        Equal(all.Count, (await customers.Query().ToListAsync(c.CancellationToken)).Count);
        Equal((long)all.Count, await customers.Query().CountAsync(c.CancellationToken));
        Equal(7, (await customers.Query().Take(7).ToListAsync(c.CancellationToken)).Count);
        Equal(0, (await customers.Query().Take(0).ToListAsync(c.CancellationToken)).Count);
        True(await customers.Query(m => m.ByStatus.Is("active")).AnyAsync(c.CancellationToken));
        True(!await customers.Query(m => m.ByStatus.Is("nobody")).AnyAsync(c.CancellationToken));
        Equal(null, await customers.Query(m => m.ByStatus.Is("nobody")).FirstOrDefaultAsync(c.CancellationToken));
    }

    private static async Task Orders_are_those_of_the_index(ConformanceContext c)
    {
        var (customers, all) = await FillAsync(c, Many);
        await customers.InsertAsync(Customer.Number(9999) with { Age = null }, c.CancellationToken);
        var ascending = all.OrderBy(x => x.Age).ThenBy(x => x.Id, StringComparer.Ordinal).Select(x => x.Id).ToList();
        Equal(ascending, await customers.Query().OrderBy(m => m.ByAge).ToIdsAsync(c.CancellationToken));
        Equal(Enumerable.Reverse(ascending).Take(25), (await customers.Query().OrderByDescending(m => m.ByAge).Take(25).ToListAsync(c.CancellationToken)).Select(x => x.Id));
        var newest = all.Where(x => x.Status == "active" && x.Age is >= 25 and <= 35).OrderByDescending(x => x.Created).Take(10).ToList();
        Equal(newest, await customers.Query(m => m.ByStatus.Is("active") & m.ByAge.Between(25, 35)).OrderByDescending(m => m.ByCreated).Take(10).ToListAsync(c.CancellationToken));
        Equal(newest[0], await customers.Query(m => m.ByStatus.Is("active") & m.ByAge.Between(25, 35)).OrderByDescending(m => m.ByCreated).FirstOrDefaultAsync(c.CancellationToken));
        var rare = all.Where(x => x.Age == 18).OrderBy(x => x.Created).Select(x => x.Id).ToList();
        Equal(rare, await customers.Query(m => m.ByAge.Is(18)).OrderBy(m => m.ByCreated).ToIdsAsync(c.CancellationToken));
    }

    private static async Task Random_queries_answer_as_a_list_would(ConformanceContext c)
    {
        var (customers, all) = await FillAsync(c, Many);
        var random = new Random(20261121);
        for (var i = 0; i < 150; i++)
        {
            var (filter, predicate) = RandomFilter(customers.Model, random, 3);
            var query = customers.Query(_ => filter);
            var expected = all.Where(predicate).ToList();
            var order = random.Next(4);
            if (order == 0)
            {
                EqualInAnyOrder(expected.Select(x => x.Id), await query.ToIdsAsync(c.CancellationToken), $"query {i}");
                continue;
            }

            var take = random.Next(1, 40);
            query = (order == 1 ? query.OrderBy(m => m.ByAge) : order == 2 ? query.OrderByDescending(m => m.ByAge) : query.OrderByDescending(m => m.ByCreated)).Take(take);
            var sorted = order == 3 ? expected.OrderBy(x => x.Created) : expected.OrderBy(x => x.Age);
            var ids = sorted.ThenBy(x => x.Id, StringComparer.Ordinal).Select(x => x.Id);
            Equal((order == 1 ? ids : ids.Reverse()).Take(take), await query.ToIdsAsync(c.CancellationToken), $"query {i}");
        }
    }

    private static async Task Sets_and_ranges_larger_than_a_call_may_touch_are_gone_through_in_pieces(ConformanceContext c)
    {
        const int Count = 12_000;
        var notes = c.Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
        foreach (var part in Enumerable.Range(0, Count).Chunk(1_000))
        {
            await InsertAsync(c, notes, part.Select(i => new Customer($"i{i:D5}", null, "all", i % 2 == 0 ? ["even"] : null, i % 7, DateTimeOffset.UnixEpoch.AddMinutes(i))));
        }

        Equal((long)Count, await notes.Query(m => m.ByStatus.Is("all")).CountAsync(c.CancellationToken));
        Equal((long)Count, await notes.Query(m => m.ByCreated.Exists()).CountAsync(c.CancellationToken));
        Equal((long)Count, await notes.Query().CountAsync(c.CancellationToken));
        Equal(Count, (await notes.Query(m => m.ByStatus.Is("all")).OrderBy(m => m.ByCreated).ToIdsAsync(c.CancellationToken)).Distinct().Count());
        Equal((long)Count / 2, await notes.Query(m => !m.ByLabel.Is("even")).CountAsync(c.CancellationToken));
        Equal(["i11999", "i11992"], await notes.Query(m => m.ByStatus.Is("all") & m.ByAge.Is(11_999 % 7)).OrderByDescending(m => m.ByCreated).Take(2).ToIdsAsync(c.CancellationToken));
        Equal(["i00000"], await notes.Query(m => m.ByStatus.Is("all") & m.ByCreated.AtMost(DateTimeOffset.UnixEpoch)).OrderByDescending(m => m.ByAge).Take(5).ToIdsAsync(c.CancellationToken));
        Equal(Enumerable.Range(0, Count).Where(i => i % 7 == 6).Select(i => $"i{i:D5}").Reverse(), await notes.Query(m => m.ByStatus.Is("all")).OrderByDescending(m => m.ByAge).Take(1714).ToIdsAsync(c.CancellationToken));
    }

    private static async Task Infinite_and_extreme_numbers_keep_their_order(ConformanceContext c)
    {
        var readings = c.Repository<Reading, ReadingModel>(new ReadingModel(c.Layout));
        double[] values = [double.NegativeInfinity, double.MinValue, -1e300, -1.5, -double.Epsilon, 0, double.Epsilon, 0.1, 1.0 / 3, 1, 9007199254740992, 1e300, double.MaxValue, double.PositiveInfinity];
        for (var i = 0; i < values.Length; i++)
        {
            await readings.InsertAsync(new Reading($"r{i:D2}", values[i]), c.CancellationToken);
        }

        Equal(values, (await readings.Query().OrderBy(m => m.ByValue).ToListAsync(c.CancellationToken)).Select(x => x.Value));
        foreach (var value in values)
        {
            Equal([value], (await readings.Query(m => m.ByValue.Is(value)).ToListAsync(c.CancellationToken)).Select(x => x.Value), "Is");
            Equal(values.Where(x => x > value), (await readings.Query(m => m.ByValue.GreaterThan(value)).OrderBy(m => m.ByValue).ToListAsync(c.CancellationToken)).Select(x => x.Value), "GreaterThan");
            Equal(values.Where(x => x <= value), (await readings.Query(m => !m.ByValue.GreaterThan(value)).OrderBy(m => m.ByValue).ToListAsync(c.CancellationToken)).Select(x => x.Value), "not GreaterThan");
        }

        for (var i = 0; i < values.Length; i++)
        {
            await readings.UpdateAsync(new Reading($"r{i:D2}", values[^(i + 1)]), c.CancellationToken);
        }

        Equal(values, (await readings.Query().OrderBy(m => m.ByValue).ToListAsync(c.CancellationToken)).Select(x => x.Value));
        True((await readings.VerifyAsync(c.CancellationToken)).IsClean);
    }

    private static async Task A_query_of_an_empty_keyspace_finds_nothing(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        Equal(0, (await customers.Query().ToListAsync(c.CancellationToken)).Count);
        Equal(0, (await customers.Query(m => m.ByStatus.Is("active")).OrderBy(m => m.ByAge).ToListAsync(c.CancellationToken)).Count);
        Equal(null, await customers.Query(m => m.ByAge.AtLeast(1)).FirstOrDefaultAsync(c.CancellationToken));
        True((await customers.VerifyAsync(c.CancellationToken)).IsClean);
    }

    private static async Task What_an_index_can_not_hold_exactly_is_refused(ConformanceContext c)
    {
        var readings = c.Repository<Reading, ReadingModel>(new ReadingModel(c.Layout));
        var refused = await ThrowsAsync<IndexValueException>(async () => await readings.InsertAsync(new Reading("r", double.NaN), c.CancellationToken));
        Equal(("reading", "value"), (refused.Model, refused.Index));
        await ThrowsAsync<IndexValueException>(() => Task.FromResult(readings.Query(m => m.ByValue.AtLeast(double.NaN))));
    }

    private static (Filter<Customer> Filter, Func<Customer, bool> Predicate) RandomFilter(CustomerModel m, Random random, int depth)
    {
        if (depth > 0 && random.Next(3) > 0)
        {
            var (left, p) = RandomFilter(m, random, depth - 1);
            if (random.Next(4) == 0)
            {
                return (!left, x => !p(x));
            }

            var (right, q) = RandomFilter(m, random, depth - 1);
            return random.Next(2) == 0 ? (left & right, x => p(x) && q(x)) : (left | right, x => p(x) || q(x));
        }

        var (low, high) = (random.Next(15, 70), random.Next(15, 70));
        string[] statuses = ["active", "banned", "new", "nobody"];
        var (one, two, label) = (statuses[random.Next(4)], statuses[random.Next(4)], $"m{random.Next(6)}");
        return random.Next(5) switch
        {
            0 => (m.ByStatus.Is(one), x => x.Status == one),
            1 => (m.ByStatus.AnyOf(one, two), x => x.Status == one || x.Status == two),
            2 => (m.ByLabel.Is(label), x => x.Labels!.Contains(label)),
            3 => (m.ByAge.Between(low, high), x => x.Age >= low && x.Age <= high),
            _ => (m.ByAge.GreaterThan(low), x => x.Age > low),
        };
    }

    private static async Task<(Repository<Customer, CustomerModel> Customers, List<Customer> All)> FillAsync(ConformanceContext c, int count)
    {
        var customers = EntityConformance.Customers(c);
        var all = Enumerable.Range(0, count).Select(Customer.Number).ToList();
        await InsertAsync(c, customers, all);
        return (customers, all.ConvertAll(customer => customer with { Version = 1 }));
    }

    private static async Task InsertAsync(ConformanceContext c, Repository<Customer, CustomerModel> customers, IEnumerable<Customer> all)
    {
        if (c.Partitioned is not null)
        {
            (await customers.InsertManyAsync([.. all], cancellationToken: c.CancellationToken)).ThrowIfAnyFailed();
            return;
        }

        var change = customers.Keyspace.Change();
        foreach (var customer in all)
        {
            change.Insert(customers, customer);
        }

        await change.CommitAsync(c.CancellationToken);
    }

    private static async Task CheckAsync(ConformanceContext c, Repository<Customer, CustomerModel> customers, List<Customer> all, Func<CustomerModel, Filter<Customer>> filter, Func<Customer, bool> predicate)
    {
        var expected = all.Where(predicate).ToList();
        EqualInAnyOrder(expected.Select(x => x.Id), (await customers.Query(filter).ToListAsync(c.CancellationToken)).Select(x => x.Id));
        EqualInAnyOrder(expected.Select(x => x.Id), await customers.Query(filter).ToIdsAsync(c.CancellationToken));
        Equal((long)expected.Count, await customers.Query(filter).CountAsync(c.CancellationToken));
        Equal(expected.OrderBy(x => x.Created).Select(x => x.Id), await customers.Query(filter).OrderBy(m => m.ByCreated).ToIdsAsync(c.CancellationToken));
        Equal(Math.Min(3, expected.Count), (await customers.Query(filter).Take(3).ToListAsync(c.CancellationToken)).Count);
    }
}
