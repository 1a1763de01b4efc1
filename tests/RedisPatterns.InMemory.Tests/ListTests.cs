using RedisPatterns.Commands;

namespace RedisPatterns.InMemory.Tests;

public sealed class ListTests
{
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_ring_is_a_list_and_every_change_can_be_undone(int seed)
    {
        var random = new Random(seed);
        var ring = new ListData(_journal);
        List<StoreValue> model = [];
        for (var round = 0; round < 300; round++)
        {
            var before = model.ToList();
            var mark = _journal.Begin();
            for (var i = random.Next(1, 30); i > 0; i--)
            {
                Change(random, ring, model);
                AssertSame(model, ring);
            }

            if (random.Next(3) == 0)
            {
                _journal.Rollback(mark);
                model = before;
                AssertSame(model, ring);
            }
            else
            {
                _journal.Commit();
            }

            AssertSame(model, (ListData)ring.Clone());
        }
    }

    [Fact]
    public async Task A_list_may_move_elements_within_itself()
    {
        var token = TestContext.Current.CancellationToken;
        await using var store = new InMemoryKeyValueStore();
        await store.ListRightPushAsync("k", ["a", "b", "c"], token);
        Assert.Equal("a", await store.ListMoveAsync("k", "k", ListSide.Left, ListSide.Right, token));
        Assert.Equal(["b", "c", "a"], await store.ListRangeAsync("k", cancellationToken: token));
        await store.SetAddAsync("set", "x", token);
        await Assert.ThrowsAsync<WrongTypeException>(async () => await store.ListMoveAsync("k", "set", ListSide.Left, ListSide.Right, token));
        Assert.Equal(3, await store.ListLengthAsync("k", token));
    }

    private static void Change(Random random, ListData ring, List<StoreValue> model)
    {
        var element = (StoreValue)random.Next(5);
        var grows = model.Count < 4 || (model.Count < 200 && random.Next(2) == 0);
        switch (grows ? random.Next(3) : random.Next(3, 8))
        {
            case 0:
                ring.Push(element, left: true);
                model.Insert(0, element);
                break;
            case 1:
                ring.Push(element, left: false);
                model.Add(element);
                break;
            case 2:
                var at = random.Next(model.Count + 1);
                ring.Insert(at, element);
                model.Insert(at, element);
                break;
            case 3:
                Assert.Equal(model[0], ring.Pop(left: true));
                model.RemoveAt(0);
                break;
            case 4:
                Assert.Equal(model[^1], ring.Pop(left: false));
                model.RemoveAt(model.Count - 1);
                break;
            case 5:
                var place = random.Next(model.Count);
                ring.Set(place, element);
                model[place] = element;
                break;
            case 6:
                var index = random.Next(model.Count);
                var count = random.Next(Math.Min(model.Count - index, 20));
                ring.Remove(index, count);
                model.RemoveRange(index, count);
                break;
            default:
                var limit = random.Next(1, 4);
                var fromLeft = random.Next(2) == 0;
                var found = Enumerable.Range(0, model.Count).Where(i => model[i] == element);
                int[] gone = [.. fromLeft ? found.Take(limit) : found.Reverse().Take(limit)];
                Assert.Equal(gone.Length, ring.RemoveEqual(element, limit, fromLeft));
                foreach (var i in gone.OrderDescending())
                {
                    model.RemoveAt(i);
                }

                break;
        }
    }

    private static void AssertSame(List<StoreValue> model, ListData ring) =>
        Assert.Equal(model, Enumerable.Range(0, (int)ring.Count).Select(i => ring[i]));
}
