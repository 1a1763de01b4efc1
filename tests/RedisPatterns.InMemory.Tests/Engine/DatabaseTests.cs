namespace RedisPatterns.InMemory.Tests.Engine;

public sealed class DatabaseTests
{
    private readonly Database _database = new() { Now = 1_000 };

    [Fact]
    public void A_key_is_gone_from_the_moment_it_expires_at()
    {
        Put("a", expiresAt: 2_000);

        _database.Now = 1_999;
        Assert.NotNull(_database.Find("a"));
        _database.Now = 2_000;
        Assert.Null(_database.Find("a"));
        Assert.Equal(0, _database.Count);
    }

    [Fact]
    public void A_sweep_looks_at_no_more_than_its_limit_and_at_expired_keys_only()
    {
        for (var i = 0; i < 100; i++)
        {
            Put($"short{i}", expiresAt: 2_000 + i);
            Put($"long{i}", expiresAt: 900_000);
        }

        _database.Now = 1_500;
        Assert.Equal(0, _database.Sweep(16));
        _database.Now = 2_050;
        Assert.Equal(16, _database.Sweep(16));
        Assert.Equal(184, _database.Count);
        Assert.Equal(35, _database.Sweep(1_000));
        Assert.Equal(149, _database.Count);
    }

    [Fact]
    public void A_key_whose_time_to_live_is_changed_again_and_again_is_scheduled_a_bounded_number_of_times()
    {
        Put("a", expiresAt: 2_000);
        for (var i = 0; i < 10_000; i++)
        {
            _database.SetExpiry(_database.Find("a")!, 3_000 + i);
        }

        _database.Now = 12_998;
        Assert.InRange(_database.Sweep(int.MaxValue), 0, 100);
        Assert.NotNull(_database.Find("a"));
        _database.Now = 12_999;
        _database.Sweep(int.MaxValue);
        Assert.Equal(0, _database.Count);
    }

    [Fact]
    public void A_key_that_was_made_to_live_on_is_not_swept()
    {
        Put("a", expiresAt: 2_000);
        _database.SetExpiry(_database.Find("a")!, Database.Never);
        Put("b", expiresAt: 2_000);
        _database.Remove("b");
        Put("b");

        _database.Now = 5_000;
        _database.Sweep(int.MaxValue);
        Assert.Equal(2, _database.Count);
    }

    [Fact]
    public void A_hash_whose_last_field_expired_is_gone()
    {
        var hash = new HashData(_database.Journal);
        _database.Put("h", hash);
        hash.Set("f", 1);
        hash.Set("g", 2);
        hash.SetExpiry("f", 2_000);
        hash.SetExpiry("g", 3_000);
        _database.Reschedule(_database.Find("h")!);

        _database.Now = 2_500;
        Assert.Equal(1, _database.Find("h")!.Data.Count);
        _database.Now = 3_000;
        _database.Sweep(10);
        Assert.Equal(0, _database.Count);
    }

    [Fact]
    public void A_rollback_restores_keys_values_and_expiries()
    {
        Put("kept", expiresAt: 5_000);
        Put("removed", expiresAt: 6_000);
        Put("replaced");
        var before = _database.Find("replaced")!.Data;

        var mark = _database.Journal.Begin();
        Put("new");
        _database.SetExpiry(_database.Find("kept")!, Database.Never);
        _database.Remove("removed");
        Put("removed");
        _database.Remove("removed");
        _database.Put("replaced", new HashData(_database.Journal), 7_000);
        _database.Remove("replaced");
        _database.Journal.Rollback(mark);

        Assert.Null(_database.Find("new"));
        Assert.Equal(5_000, _database.Find("kept")!.ExpiresAt);
        Assert.Equal(6_000, _database.Find("removed")!.ExpiresAt);
        Assert.Same(before, _database.Find("replaced")!.Data);
        Assert.Equal(Database.Never, _database.Find("replaced")!.ExpiresAt);
        Assert.False(_database.Journal.IsActive);
    }

    [Fact]
    public void A_savepoint_takes_back_only_what_came_after_it()
    {
        var outer = _database.Journal.Begin();
        Put("first");
        var inner = _database.Journal.Begin();
        Put("second");
        _database.Journal.Rollback(inner);

        Assert.NotNull(_database.Find("first"));
        Assert.Null(_database.Find("second"));
        _database.Journal.Rollback(outer);
        Assert.Null(_database.Find("first"));
    }

    private void Put(string key, long expiresAt = Database.Never) => _database.Put(key, new StringData(_database.Journal, "v"), expiresAt);
}
