namespace RedisPatterns.InMemory.Tests.Engine;

public sealed class DenseMapTests
{
    [Fact]
    public void Behaves_as_a_dictionary_whatever_is_added_and_removed()
    {
        var random = new Random(1);
        var map = new DenseMap<StoreValue, int>();
        var model = new Dictionary<StoreValue, int>();
        for (var step = 0; step < 50_000; step++)
        {
            // Waves, so that the map grows and shrinks.
            var grows = step / 5_000 % 2 == 0;
            StoreValue key = random.Next(2_000);
            if (random.Next(10) < (grows ? 7 : 2))
            {
                if (model.TryAdd(key, step))
                {
                    map.Add(key, step);
                }
            }
            else
            {
                Assert.Equal(model.Remove(key), map.Remove(key));
            }

            Assert.Equal(model.Count, map.Count);
        }

        Assert.All(model, pair => Assert.True(map.TryGetValue(pair.Key, out var value) && value == pair.Value));
        Assert.Equal(model.Keys.Order(Comparer), Enumerable.Range(0, map.Count).Select(map.KeyAt).Order(Comparer));
    }

    [Fact]
    public void Text_bytes_and_numbers_of_the_same_bytes_are_one_key()
    {
        var map = new DenseMap<StoreValue, int>();
        map.Add(17, 1);

        Assert.True(map.ContainsKey("17"));
        Assert.True(map.ContainsKey("17"u8.ToArray()));
        Assert.True(map.ContainsKey(17.0));
        Assert.False(map.ContainsKey("017"));
    }

    [Fact]
    public void A_downward_walk_meets_every_entry_that_stays()
    {
        var random = new Random(2);
        for (var round = 0; round < 200; round++)
        {
            var map = new DenseMap<StoreValue, int>();
            for (var i = 0; i < 100; i++)
            {
                map.Add(i, i);
            }

            var met = new HashSet<StoreValue>();
            for (var cursor = map.Count; cursor > 0;)
            {
                var last = Math.Max(Math.Min(cursor, map.Count) - 7, 0);
                for (var i = Math.Min(cursor, map.Count) - 1; i >= last; i--)
                {
                    met.Add(map.KeyAt(i));
                }

                cursor = last;
                // The multiples of three stay; others go, and new ones come.
                map.Remove((3 * random.Next(33)) + 1);
                map.Remove((3 * random.Next(33)) + 2);
                StoreValue added = 1_000 + random.Next(1_000_000);
                if (!map.ContainsKey(added))
                {
                    map.Add(added, 0);
                }
            }

            Assert.All(Enumerable.Range(0, 34), i => Assert.Contains((StoreValue)(3 * i), met));
        }
    }

    private static readonly Comparer<StoreValue> Comparer = Comparer<StoreValue>.Create((x, y) => x.AsInt64().CompareTo(y.AsInt64()));
}
