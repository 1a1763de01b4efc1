using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Entities.Ids;

public sealed class UlidGeneratorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_id_has_the_time_of_the_clock()
    {
        var clock = new ManualTimeProvider(Start);
        var generator = new UlidGenerator(clock);

        Assert.Equal(Start, generator.Next().Timestamp);
        clock.Advance(TimeSpan.FromMilliseconds(1.9));
        Assert.Equal(Start.AddMilliseconds(1), generator.Next().Timestamp);
    }

    [Fact]
    public void Within_a_millisecond_the_random_part_is_counted_up()
    {
        var generator = new UlidGenerator(new ManualTimeProvider(Start));
        var first = generator.Next();

        Assert.Equal(Low(first) + 1, Low(generator.Next()));
        Assert.Equal(Low(first) + 2, Low(generator.Next()));
    }

    [Fact]
    public void A_new_millisecond_has_a_new_random_part()
    {
        var clock = new ManualTimeProvider(Start);
        var generator = new UlidGenerator(clock);
        var first = generator.Next();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = generator.Next();

        Assert.True(second > first);
        Assert.NotEqual(first.ToByteArray()[6..], second.ToByteArray()[6..]);
    }

    [Fact]
    public void Two_generators_do_not_agree()
    {
        var clock = new ManualTimeProvider(Start);
        Assert.NotEqual(new UlidGenerator(clock).Next(), new UlidGenerator(clock).Next());
    }

    [Fact]
    public void Ids_increase_when_the_clock_steps_back()
    {
        var clock = new SettableClock(Start);
        var generator = new UlidGenerator(clock);
        var random = new Random(3);
        var last = generator.Next();
        for (var i = 0; i < 10_000; i++)
        {
            clock.Now += TimeSpan.FromMilliseconds(random.Next(-1_000, 1_000));
            var next = generator.Next();
            Assert.True(next > last);
            Assert.True(next.Timestamp >= clock.Now);
            last = next;
        }
    }

    [Fact]
    public void A_clock_before_1970_counts_as_1970()
    {
        var generator = new UlidGenerator(new SettableClock(DateTimeOffset.UnixEpoch.AddYears(-1)));
        var first = generator.Next();

        Assert.Equal(0, first.UnixMilliseconds);
        Assert.True(generator.Next() > first);
        Assert.NotEqual(first, new UlidGenerator(new SettableClock(DateTimeOffset.UnixEpoch.AddYears(-1))).Next());
    }

    [Fact]
    public void When_the_random_part_is_at_its_end_the_next_millisecond_is_taken()
    {
        var greatest = Enumerable.Repeat((byte)0xFF, 10).ToArray();
        var almost = greatest.ToArray();
        almost[9] = 0xFE;
        var generator = new UlidGenerator(new ManualTimeProvider(Start), new Ulid(Start, almost));

        Assert.Equal(new Ulid(Start, greatest), generator.Next());
        var next = generator.Next();
        Assert.Equal(Start.AddMilliseconds(1), next.Timestamp);
        Assert.NotEqual(new byte[10], next.ToByteArray()[6..]);
        Assert.True(generator.Next() > next);
    }

    [Fact]
    public void Ids_go_on_after_an_earlier_one()
    {
        var earlier = new Ulid(Start.AddHours(1), new byte[10]);
        Assert.True(new UlidGenerator(new ManualTimeProvider(Start), earlier).Next() > earlier);
        Assert.Equal(Start.AddHours(2), new UlidGenerator(new ManualTimeProvider(Start.AddHours(2)), earlier).Next().Timestamp);
    }

    [Fact]
    public void After_the_greatest_id_there_is_none()
    {
        var generator = new UlidGenerator(after: Ulid.MaxValue);
        Assert.Throws<InvalidOperationException>(() => generator.Next());
        Assert.Throws<InvalidOperationException>(() => generator.Next());
    }

    [Fact]
    public void Eight_threads_see_increasing_ids_and_never_the_same()
    {
        const int Threads = 8;
        const int Each = 50_000;
        var generator = new UlidGenerator();
        var ids = new Ulid[Threads][];
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            var own = ids[number] = new Ulid[Each];
            start.SignalAndWait();
            for (var i = 0; i < Each; i++)
            {
                own[i] = generator.Next();
            }
        })).ToArray();

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(ids, own => Assert.True(Enumerable.Range(1, Each - 1).All(i => own[i] > own[i - 1])));
        Assert.Equal(Threads * Each, ids.SelectMany(own => own).Distinct().Count());
    }

    private static UInt128 Low(Ulid id)
    {
        UInt128 value = 0;
        foreach (var part in id.ToByteArray())
        {
            value = (value << 8) | part;
        }

        return value;
    }
}
