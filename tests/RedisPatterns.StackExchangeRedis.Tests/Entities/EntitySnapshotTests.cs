using RedisPatterns.InMemory;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A query that fits one call sees one moment, documents included.</summary>
public sealed class EntitySnapshotTests(RedisFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_query_sees_changes_of_several_entities_whole(bool onRedis)
    {
        await using IKeyValueStore store = onRedis ? await fixture.ConnectAsync() : new InMemoryKeyValueStore();
        var members = store.Keyspace(RedisFixture.NewTag().Trim('{', '}')).Repository<Member, MemberModel>(new MemberModel());
        var left = await members.InsertAsync(new Member("left", "left@x", "on", "A", 1), Cancellation);
        var right = await members.InsertAsync(new Member("right", "right@x", "off", "B", 2), Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writer = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    (left, right) = (left with { Status = right.Status, Age = right.Age }, right with { Status = left.Status, Age = left.Age });
                    var change = members.Keyspace.Change();
                    var (changedLeft, changedRight) = (change.Update(members, left), change.Update(members, right));
                    await change.CommitAsync(Cancellation);
                    (left, right) = (changedLeft.Value, changedRight.Value);
                }
            },
            Cancellation);

        for (var i = 0; i < 2_000; i++)
        {
            var on = Assert.Single(await members.Query(m => m.ByStatus.Is("on")).ToListAsync(Cancellation));
            Assert.Equal(("on", 1), (on.Status, on.Age));
            var ordered = await members.Query(m => m.ByAge.Between(1, 2)).OrderBy(m => m.ByAge).ToListAsync(Cancellation);
            Assert.Equal([1, 2], ordered.Select(member => member.Age));
            Assert.Equal(ordered[0].Version, ordered[1].Version);
        }

        await stop.CancelAsync();
        await writer;
    }
}
