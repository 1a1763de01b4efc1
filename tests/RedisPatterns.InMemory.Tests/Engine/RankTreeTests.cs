using System.Globalization;

namespace RedisPatterns.InMemory.Tests.Engine;

public sealed class RankTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_tree_is_a_sorted_list(int seed)
    {
        var random = new Random(seed);
        var tree = new RankTree<SortedSetItem>();
        var model = new List<SortedSetItem>();
        var order = Comparer<SortedSetItem>.Create(static (left, right) => SortedSetItem.Compare(left, right));
        for (var i = 0; i < 4000; i++)
        {
            var item = Item(random.Next(40), random.Next(40));
            var place = model.BinarySearch(item, order);
            if (place < 0)
            {
                tree.Add(item);
                model.Insert(~place, item);
            }
            else if (random.Next(2) == 0)
            {
                tree.Remove(item);
                model.RemoveAt(place);
            }

            Assert.Equal(model.Count, tree.Count);
            if (model.Count > 0)
            {
                var rank = random.Next(model.Count);
                Assert.Equal(model[rank], tree.At(rank));
                Assert.Equal(rank, tree.CountBefore(static (other, target) => SortedSetItem.Compare(other, target) < 0, model[rank]));
            }
        }

        var first = model.Count / 3;
        var part = new SortedSetItem[model.Count / 2];
        tree.CopyRange(first, part);
        Assert.Equal(model.GetRange(first, part.Length), part);
    }

    [Fact]
    public void Items_that_come_in_order_and_go_in_order_leave_it_empty()
    {
        var tree = new RankTree<SortedSetItem>();
        for (var i = 0; i < 10_000; i++)
        {
            tree.Add(Item(i, 0));
        }

        var clone = tree.Clone();
        for (var i = 0; i < 10_000; i++)
        {
            tree.Remove(Item(i, 0));
        }

        Assert.Equal(0, tree.Count);
        Assert.Equal(10_000, clone.Count);
        Assert.Equal(Item(7_777, 0), clone.At(7_777));
    }

    private static SortedSetItem Item(int score, int member) => new(SortedSetData.MemberOf("m" + member.ToString(CultureInfo.InvariantCulture)), score);
}
