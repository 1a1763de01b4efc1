using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about entities of older and newer schemas, in every layout.</summary>
public sealed class SchemaConformance : ConformanceSuite
{
    private const int PartSize = 1_024;

    private static readonly EntityLayout[] Layouts = [EntityLayout.Document(), EntityLayout.Hash, EntityLayout.Attributes, EntityLayout.Chunked(PartSize)];

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(An_older_entity_is_upgraded_when_it_is_read, StoreFeatures.Scripts),
        new(An_update_of_an_older_entity_writes_the_newer_schema, StoreFeatures.Scripts),
        new(A_patch_of_an_older_entity_upgrades_it, StoreFeatures.Scripts),
        new(What_was_read_is_written_back_where_the_model_says_so, StoreFeatures.Scripts),
        new(Older_code_refuses_newer_data, StoreFeatures.Scripts),
        new(Older_code_overwrites_no_newer_data_of_which_nothing_is_remembered, StoreFeatures.Scripts),
        new(Older_code_keeps_what_it_does_not_know_where_the_model_says_so, StoreFeatures.Scripts),
        new(A_migration_upgrades_everything_and_names_what_it_can_not, StoreFeatures.Scripts),
        new(A_dry_run_writes_nothing, StoreFeatures.Scripts),
        new(A_migration_that_was_stopped_goes_on, StoreFeatures.Scripts),
        new(A_migration_and_writers_of_both_schemas_do_not_disturb_each_other, StoreFeatures.Scripts),
        new(A_migration_finds_entities_of_which_nothing_is_remembered, StoreFeatures.Scripts),
    ];

    private static async Task An_older_entity_is_upgraded_when_it_is_read(ConformanceContext c)
    {
        await ForEachLayoutAsync(c, async (old, current, _) =>
        {
            await old.InsertAsync(Old(1), c.CancellationToken);
            var before = await ContentsAsync(c);
            var read = await current.GetAsync("p1", c.CancellationToken);
            Equal(new Profile("p1", "name 1", 1, new ProfileAddress("city 1", null), null, 1), read);
            Equal(read, (await current.GetManyAsync(["p1"], c.CancellationToken))[0]);
            Equal(1, (await current.GetFieldsAsync("p1", m => [m.Visits], c.CancellationToken))!.Get(current.Model.Visits));
            Equal(before, await ContentsAsync(c), "reads write nothing");
        });
    }

    private static async Task An_update_of_an_older_entity_writes_the_newer_schema(ConformanceContext c)
    {
        await ForEachLayoutAsync(c, async (old, current, _) =>
        {
            await old.InsertAsync(Old(1), c.CancellationToken);
            var read = await current.GetAsync("p1", c.CancellationToken);
            var updated = await current.UpdateAsync(read! with { Nick = "nick" }, c.CancellationToken);
            Equal(2L, updated.Version);
            Equal(updated, await current.GetAsync("p1", c.CancellationToken));
            await current.BuildIndexesAsync(new IndexBuildOptions { Settle = TimeSpan.Zero }, c.CancellationToken);
            Equal(["p1"], await current.Query(m => m.ByVisits.Is(1)).ToIdsAsync(c.CancellationToken));
            await ThrowsAsync<SchemaVersionException>(async () => await old.GetAsync("p1", c.CancellationToken));
            await IsCleanAsync(c, current, 1);
        });
    }

    private static async Task A_patch_of_an_older_entity_upgrades_it(ConformanceContext c)
    {
        await ForEachLayoutAsync(c, async (old, current, _) =>
        {
            await old.InsertAsync(Old(1), c.CancellationToken);
            Equal(2L, await current.PatchAsync("p1", p => p.Increment(m => m.Visits, 4), c.CancellationToken));
            Equal(3L, await current.PatchAsync("p1", p => p.Increment(m => m.Visits, 1), c.CancellationToken));
            Equal(new Profile("p1", "name 1", 6, new ProfileAddress("city 1", null), null, 3), await current.GetAsync("p1", c.CancellationToken));
            await current.BuildIndexesAsync(new IndexBuildOptions { Settle = TimeSpan.Zero }, c.CancellationToken);
            Equal(["p1"], await current.Query(m => m.ByVisits.Is(6)).ToIdsAsync(c.CancellationToken));
            await IsCleanAsync(c, current, 1);
        });
    }

    private static async Task What_was_read_is_written_back_where_the_model_says_so(ConformanceContext c)
    {
        foreach (var layout in Layouts)
        {
            await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
            var shop = TagOf(c, layout);
            var old = c.Store.Keyspace(shop).Repository<OldProfile, OldProfileModel>(new OldProfileModel(layout));
            var current = other.Keyspace(shop).Repository<Profile, ProfileModel>(new ProfileModel(layout, writesBack: true));
            await old.InsertManyAsync([Old(1), Old(2), Old(3)], cancellationToken: c.CancellationToken);
            var before = await ContentsAsync(c);
            await current.VerifyAsync(c.CancellationToken);
            Equal(before, await ContentsAsync(c), "a verification writes nothing");
            Equal(1L, (await current.GetAsync("p1", c.CancellationToken))!.Version);
            Equal(2, (await current.GetManyAsync(["p2", "p3"], c.CancellationToken)).Count(profile => profile is { Version: 1 }));
            await ThrowsAsync<SchemaVersionException>(async () => await old.GetAsync("p1", c.CancellationToken));
            await ThrowsAsync<SchemaVersionException>(async () => await old.GetAsync("p3", c.CancellationToken));
            await current.BuildIndexesAsync(new IndexBuildOptions { Settle = TimeSpan.Zero }, c.CancellationToken);
            Equal(3L, await current.Query(m => m.ByVisits.AtLeast(0)).CountAsync(c.CancellationToken));
            await IsCleanAsync(c, current, 3);
        }
    }

    private static async Task Older_code_refuses_newer_data(ConformanceContext c)
    {
        await ForEachLayoutAsync(c, async (old, current, _) =>
        {
            await current.InsertAsync(New(1), c.CancellationToken);
            var before = await ContentsAsync(c);
            var error = await ThrowsAsync<SchemaVersionException>(async () => await old.GetAsync("p1", c.CancellationToken));
            Equal((2, 1), (error.StoredVersion, error.ModelVersion));
            await ThrowsAsync<SchemaVersionException>(async () => await old.UpdateAsync(Old(1) with { Version = 1 }, c.CancellationToken));
            await ThrowsAsync<SchemaVersionException>(async () => await old.UpsertAsync(Old(1), c.CancellationToken));
            await ThrowsAsync<SchemaVersionException>(async () => await old.PatchAsync("p1", p => p.Increment(m => m.Visits, 1), c.CancellationToken));
            var rows = new List<UnreadableEntity>();
            Equal(1, (await old.GetManyAsync(["p1"], rows.Add, c.CancellationToken)).Count(profile => profile is null));
            Equal("p1", rows.Single().Id);
            Equal(before, await ContentsAsync(c));

            // Fields, attributes and parts that this code does not know go too.
            True(await old.DeleteAsync("p1", cancellationToken: c.CancellationToken));
            Equal([], (await ContentsAsync(c)).Where(line => line.Contains(":profile:p1", StringComparison.Ordinal)));
            await IsCleanAsync(c, current, 0);
        });
    }

    private static async Task Older_code_overwrites_no_newer_data_of_which_nothing_is_remembered(ConformanceContext c)
    {
        foreach (var layout in Layouts)
        {
            await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
            var old = c.Store.Keyspace(TagOf(c, layout)).Repository<OldProfile, OldPlainModel>(new OldPlainModel(layout));
            var current = other.Keyspace(TagOf(c, layout)).Repository<Profile, PlainModel>(new PlainModel(layout));
            await old.InsertAsync(Old(1), c.CancellationToken);
            await old.UpdateAsync(Old(1) with { Visits = 8 }, c.CancellationToken);
            Equal(8, (await current.GetAsync("p1", c.CancellationToken))!.Visits);
            await current.UpdateAsync(New(1), c.CancellationToken);
            await current.InsertAsync(New(2), c.CancellationToken);
            var before = await ContentsAsync(c);
            foreach (var id in (int[])[1, 2])
            {
                var error = await ThrowsAsync<SchemaVersionException>(async () => await old.UpdateAsync(Old(id), c.CancellationToken));
                Equal((2, 1), (error.StoredVersion, error.ModelVersion));
                await ThrowsAsync<SchemaVersionException>(async () => await old.UpsertAsync(Old(id), c.CancellationToken));
                await ThrowsAsync<SchemaVersionException>(async () => await old.PatchAsync($"p{id}", p => p.Increment(m => m.Visits, 1), c.CancellationToken));
                await ThrowsAsync<SchemaVersionException>(async () => await old.EditAsync($"p{id}", profile => profile, c.CancellationToken));
                var change = old.Keyspace.Change();
                change.Upsert(old, Old(7));
                change.Upsert(old, Old(id));
                Equal(1, (await ThrowsAsync<SchemaVersionException>(async () => await change.CommitAsync(c.CancellationToken))).Operation);
            }

            Equal(before.Where(line => !IsStagedPart(line)), (await ContentsAsync(c)).Where(line => !IsStagedPart(line)));
            await old.UpsertAsync(Old(3), c.CancellationToken);
            True(await old.DeleteAsync("p2", cancellationToken: c.CancellationToken));
        }
    }

    // Parts that were written ahead of a write that was refused are deleted, and end by themselves where that comes too late.
    private static bool IsStagedPart(string line) => line.Contains(":plain:", StringComparison.Ordinal) && line.Split(' ')[0].Count(letter => letter == ':') > 2;

    private static async Task Older_code_keeps_what_it_does_not_know_where_the_model_says_so(ConformanceContext c)
    {
        foreach (var layout in Layouts)
        {
            await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
            var shop = TagOf(c, layout);
            var old = c.Store.Keyspace(shop).Repository<OldProfile, OldProfileModel>(new OldProfileModel(layout, preserves: true));
            var current = other.Keyspace(shop).Repository<Profile, ProfileModel>(new ProfileModel(layout));
            await current.InsertAsync(New(1), c.CancellationToken);
            var read = await old.GetAsync("p1", c.CancellationToken);
            Equal((null, 1, "city 1", 1L), (read!.Name, read.Visits, read.Address!.City, read.Version));
            var updated = await old.UpdateAsync(read with { Visits = 7, Address = new("moved") }, c.CancellationToken);
            Equal(2L, updated.Version);
            Equal(3L, await old.PatchAsync("p1", p => p.Increment(m => m.Visits, 1), c.CancellationToken));
            Equal(4L, (await old.UpsertAsync(updated with { Visits = 9 }, c.CancellationToken)).Version);
            Equal(new Profile("p1", "full 1", 9, new ProfileAddress("moved", "street 1"), "nick 1", 4), await current.GetAsync("p1", c.CancellationToken));
            await ThrowsAsync<EntityNotFoundException>(async () => await old.UpdateAsync(Old(2) with { Version = 1 }, c.CancellationToken));
            Equal(1L, (await old.UpsertAsync(Old(3), c.CancellationToken)).Version);
            Equal("name 3", (await current.GetAsync("p3", c.CancellationToken))!.FullName);
        }
    }

    private static async Task A_migration_upgrades_everything_and_names_what_it_can_not(ConformanceContext c)
    {
        await ForEachLayoutAsync(c, async (old, current, shop) =>
        {
            const int Count = 60;
            (await old.InsertManyAsync([.. Enumerable.Range(0, Count).Select(Old)], cancellationToken: c.CancellationToken)).ThrowIfAnyFailed();
            await old.InsertAsync(Old(Count) with { Name = null }, c.CancellationToken);
            var progress = new List<MigrationProgress>();
            var report = await current.MigrateAsync(new MigrationOptions { Progress = new Listener(progress.Add) }, c.CancellationToken);
            Equal((Count + 1L, (long)Count, 1L, false), (report.Read, report.Upgraded, report.Failed, report.WasResumed));
            Equal($"p{Count}", report.Failures.Single().Id);
            True(report.Failures.Single().Error is SchemaUpgradeException { FromVersion: 1 });
            Equal(1.0, progress[^1].Share);
            for (var i = 0; i < Count; i++)
            {
                await ThrowsAsync<SchemaVersionException>(async () => await old.GetAsync($"p{i}", c.CancellationToken));
                Equal(1L, (await current.GetAsync($"p{i}", c.CancellationToken))!.Version);
            }

            await current.BuildIndexesAsync(new IndexBuildOptions { Settle = TimeSpan.Zero }, c.CancellationToken);
            Equal((long)Count, await current.Query(m => m.ByVisits.AtLeast(0)).CountAsync(c.CancellationToken));
            await current.DeleteAsync($"p{Count}", cancellationToken: c.CancellationToken);
            await IsCleanAsync(c, current, Count);
            var again = await current.MigrateAsync(cancellationToken: c.CancellationToken);
            Equal(((long)Count, 0L, 0L, false), (again.Read, again.Upgraded, again.Failed, again.WasResumed));
        });
    }

    private static async Task A_dry_run_writes_nothing(ConformanceContext c)
    {
        await ForEachLayoutAsync(c, async (old, current, _) =>
        {
            await old.InsertManyAsync([.. Enumerable.Range(0, 10).Select(Old), Old(10) with { Name = null }], cancellationToken: c.CancellationToken);
            var before = await ContentsAsync(c);
            var report = await current.MigrateAsync(new MigrationOptions { DryRun = true }, c.CancellationToken);
            Equal((11L, 10L, 1L), (report.Read, report.Upgraded, report.Failed));
            Equal(before, await ContentsAsync(c));
        });
    }

    private static async Task A_migration_that_was_stopped_goes_on(ConformanceContext c)
    {
        await ForEachLayoutAsync(c, async (old, current, _) =>
        {
            await old.InsertManyAsync([.. Enumerable.Range(0, 40).Select(Old)], cancellationToken: c.CancellationToken);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
            var stopping = new Listener(progress =>
            {
                if (progress.Read >= 10)
                {
                    stop.Cancel();
                }
            });
            await ThrowsAsync<OperationCanceledException>(async () => await current.MigrateAsync(new MigrationOptions { Progress = stopping }, stop.Token));
            var report = await current.MigrateAsync(cancellationToken: c.CancellationToken);
            True(report.WasResumed);
            Equal((40L, 40L), (report.Read, report.Upgraded), "the counts of both runs");
            await IsCleanAsync(c, current, 40);
        });
    }

    private static async Task A_migration_and_writers_of_both_schemas_do_not_disturb_each_other(ConformanceContext c)
    {
        await ForEachLayoutAsync(c, async (old, current, _) =>
        {
            const int Count = 30;
            await old.InsertManyAsync([.. Enumerable.Range(0, Count).Select(i => Old(i) with { Visits = 0 })], cancellationToken: c.CancellationToken);
            var oldWrites = 0;
            var newWrites = Enumerable.Range(0, Count).Select(async i => await current.PatchAsync($"p{i}", p => p.Increment(m => m.Visits, 1), c.CancellationToken));
            var older = Enumerable.Range(0, Count).Select(async i =>
            {
                try
                {
                    await old.PatchAsync($"p{i}", p => p.Increment(m => m.Visits, 1), c.CancellationToken);
                    Interlocked.Increment(ref oldWrites);
                }
                catch (SchemaVersionException)
                {
                    // The new code was there first.
                }
            });
            await Task.WhenAll([current.MigrateAsync(cancellationToken: c.CancellationToken).AsTask(), .. newWrites, .. older]);
            await current.MigrateAsync(cancellationToken: c.CancellationToken);
            var visits = 0;
            for (var i = 0; i < Count; i++)
            {
                visits += (await current.GetAsync($"p{i}", c.CancellationToken))!.Visits;
            }

            Equal(Count + oldWrites, visits, "no write is lost");
            await IsCleanAsync(c, current, Count);
        });
    }

    private static async Task A_migration_finds_entities_of_which_nothing_is_remembered(ConformanceContext c)
    {
        var layout = EntityLayout.Document();
        var current = c.Store.Keyspace(c.Tag).Repository<Profile, ProfileModel>(new ProfileModel(layout));
        await c.Store.SendAsync(Strings.Set($"{{{c.Tag}}}:profile:p1", """{"id":"p1","name":"name 1","visits":3}"""), c.CancellationToken);
        var report = await current.MigrateAsync(cancellationToken: c.CancellationToken);
        Equal((1L, 1L), (report.Read, report.Upgraded));
        Equal(["p1"], await current.Query(m => m.ByVisits.Is(3)).ToIdsAsync(c.CancellationToken));
    }

    private static OldProfile Old(int number) => new($"p{number}", $"name {number}", number, new OldProfileAddress($"city {number}"));

    private static Profile New(int number) => new($"p{number}", $"full {number}", number, new ProfileAddress($"city {number}", $"street {number}"), $"nick {number}");

    private static string TagOf(ConformanceContext c, EntityLayout layout) => $"{c.Tag}-{layout}";

    private static async Task<IReadOnlyList<string>> ContentsAsync(ConformanceContext c) => await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken);

    private static async Task IsCleanAsync(ConformanceContext c, Repository<Profile, ProfileModel> profiles, long count)
    {
        var report = await profiles.VerifyAsync(c.CancellationToken);
        Equal([], report.Differences);
        Equal(count, report.Entities);
    }

    private static async Task ForEachLayoutAsync(ConformanceContext c, Func<Repository<OldProfile, OldProfileModel>, Repository<Profile, ProfileModel>, string, Task> test)
    {
        foreach (var layout in Layouts)
        {
            // Another process, with other code: one store refuses two models of one name.
            await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
            var shop = TagOf(c, layout);
            await test(
                c.Store.Keyspace(shop).Repository<OldProfile, OldProfileModel>(new OldProfileModel(layout)),
                other.Keyspace(shop).Repository<Profile, ProfileModel>(new ProfileModel(layout)),
                shop);
        }
    }

    private sealed class Listener(Action<MigrationProgress> report) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => report(value);
    }
}
