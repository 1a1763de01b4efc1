namespace RedisPatterns.Testing;

/// <summary>Draws steps that write: single writes, changes, and many at once.</summary>
internal sealed class WriteSteps(WareDice dice, WriteDrawing writes, bool expires)
{
    public FuzzStep Single()
    {
        var write = writes.Draw();
        return new(write.Verb, write.Text, write.RunAsync);
    }

    /// <summary>A change of several writes, all or none of which are to be done.</summary>
    public FuzzStep Change()
    {
        var drawn = new List<WareWrite>();
        var count = 1 + dice.Next(5);
        while (drawn.Count < count)
        {
            var write = dice.Chance(15) ? writes.Demand() : writes.Draw(mayFail: false);
            if (!write.ReadsFirst || !drawn.Exists(other => other.Id == write.Id))
            {
                drawn.Add(write);
            }
        }

        return new("Change", $"Change of{string.Concat(drawn.Select(write => $"\n        {write.Text}"))}", run => ChangeAsync(run, drawn));
    }

    /// <summary>Many at once, each for itself.</summary>
    public FuzzStep Many()
    {
        var inFlight = dice.Chance(50) ? 1 : 256;
        var options = new BulkOptions { MaximumInFlight = inFlight };
        var ids = dice.Ids(1, 8);

        // What is in flight together must not depend on what comes first.
        Ware[] wares = [.. ids.Select(id => dice.Ware(id, inFlight == 1 ? dice.Code() : $"own-{id}"))];
        int[] offs = [.. ids.Select(_ => dice.Chance(15) ? 1 : 0)];
        var listed = string.Concat(wares.Select((ware, i) => $"\n        {WareText.Of(ware)} version {offs[i]:+0}"));
        switch (dice.Next(7))
        {
            case 0:
                return new("InsertMany", $"InsertMany, {inFlight} in flight{listed}", run => ManyAsync(
                    run, "InsertMany", [.. wares.Select(ware => run.List.Insert(ware, null))], () => run.Wares.InsertManyAsync(wares, options, run.Cancellation), WareOutcome.Of));
            case 1:
                return new("UpdateMany", $"UpdateMany, {inFlight} in flight{listed}", run =>
                {
                    Ware[] versioned = [.. wares.Select((ware, i) => ware with { Version = (run.List.Find(ware.Id)?.Version ?? 1) + offs[i] })];
                    return ManyAsync(run, "UpdateMany", [.. versioned.Select(ware => run.List.Update(ware, null))], () => run.Wares.UpdateManyAsync(versioned, options, run.Cancellation), WareOutcome.Of);
                });
            case 2:
                var end = expires ? dice.EndOrNone(40) : null;
                var ending = new BulkOptions { MaximumInFlight = inFlight, Expiry = end?.Expiry ?? default };
                return new("UpsertMany", $"UpsertMany, {inFlight} in flight {end}{listed}", run => ManyAsync(
                    run, "UpsertMany", [.. wares.Select(ware => run.List.Upsert(ware, end))], () => run.Wares.UpsertManyAsync(wares, ending, run.Cancellation), WareOutcome.Of));
            case 3:
                return new("DeleteMany", $"DeleteMany, {inFlight} in flight {string.Join(' ', ids.Select(WareText.Of))}", run => ManyAsync(
                    run, "DeleteMany", [.. ids.Select(id => run.List.Delete(id, null, false))], () => run.Wares.DeleteManyAsync(ids, options, run.Cancellation), found => new($"{found}")));
            case 4:
                return new("DeleteMany", $"DeleteMany, {inFlight} in flight, with versions {string.Join(' ', ids.Select((id, i) => $"{WareText.Of(id)}{offs[i]:+0}"))}", run =>
                {
                    (string Id, long Version)[] versions = [.. ids.Select((id, i) => (id, (run.List.Find(id)?.Version ?? 1) + offs[i]))];
                    return ManyAsync(run, "DeleteMany", [.. versions.Select(pair => run.List.Delete(pair.Id, pair.Version, false))], () => run.Wares.DeleteManyAsync(versions, options, run.Cancellation), found => new($"{found}"));
                });
            case 5 when expires && dice.End() is var given:
                return new("SetExpiryMany", $"SetExpiryMany, {inFlight} in flight, {given}: {string.Join(' ', ids.Select(WareText.Of))}", run => ManyAsync(
                    run, "SetExpiryMany", [.. ids.Select(id => run.List.SetEnd(id, given, false))], () => run.Wares.SetExpiryManyAsync(ids, given.Expiry, options, run.Cancellation), found => new($"{found}")));
            default:
                var steps = writes.PatchSteps();
                return new("PatchMany", $"PatchMany, {inFlight} in flight, {steps.Text}: {string.Join(' ', ids.Select(WareText.Of))}", run => ManyAsync(
                    run,
                    "PatchMany",
                    [.. ids.Select(id => run.List.Change(id, steps.Apply, null, null) is var outcome && outcome.Ware is { } ware ? new($"version {ware.Version}") : outcome)],
                    () => run.Wares.PatchManyAsync(ids, (_, patch) => steps.Steps(patch), options, run.Cancellation),
                    version => new($"version {version}")));
        }
    }

    /// <summary>So many that what comes behind has something to find.</summary>
    public FuzzStep Fill(int count)
    {
        Ware[] wares = [.. Enumerable.Range(0, count).Select(i => dice.Ware($"w{i}", $"own-w{i}") with { Ends = null })];
        return new("InsertMany", $"InsertMany of {count}: w0 to w{count - 1}", run => ManyAsync(
            run, "InsertMany", [.. wares.Select(ware => run.List.Insert(ware, null))], () => run.Wares.InsertManyAsync(wares, null, run.Cancellation), WareOutcome.Of));
    }

    private static async Task ManyAsync<TAnswer>(FuzzRun run, string verb, WareOutcome[] expected, Func<ValueTask<BulkReport<TAnswer>>> call, Func<TAnswer, WareOutcome> read)
    {
        var report = await call().ConfigureAwait(false);
        for (var i = 0; i < expected.Length; i++)
        {
            var result = report.Results[i];
            var actual = result.IsSuccess ? read(result.Value!) : new($"{result.Error.GetType().Name} at 0");
            run.Count(verb, actual.IsAnswer ? WareOutcome.Done : actual.What.Split(' ')[0]);
            if (actual != expected[i])
            {
                throw new ConformanceFailedException($"{verb}, item {i}: expected {expected[i]}\n  was {actual}");
            }
        }
    }

    private static Task ChangeAsync(FuzzRun run, List<WareWrite> drawn)
    {
        if (run.Wares.Keyspace.Partition is not null)
        {
            // A change is atomic in one partition, and what is drawn lies in several.
            return Task.CompletedTask;
        }

        var list = run.List.Copy();

        // Those that read do so before anything is sent: the first that finds nothing, or what does not fit, refuses the change.
        var before = list.Copy();
        var early = drawn.FindIndex(write => write.ReadsFirst && Refuses(write.Bind(before).Expect(before.Copy(), true)));
        var expected = early >= 0 ? At(drawn[early].Bind(before).Expect(before.Copy(), true), early) : null;
        var bound = new List<BoundWrite>();
        var wares = new List<Ware?>();
        foreach (var write in drawn)
        {
            var one = write.Bind(list);
            bound.Add(one);
            var outcome = one.Expect(list, true);
            wares.Add(outcome.Ware);
            expected ??= outcome.IsAnswer ? null : At(outcome, bound.Count - 1);
        }

        if (expected is null)
        {
            run.List.Become(list);
        }

        return run.ExpectAsync("Change", expected ?? new(WareOutcome.Done), async () =>
        {
            var change = run.Wares.Keyspace.Change();
            var results = bound.ConvertAll(one => one.Add(run, change));
            await change.CommitAsync(run.Cancellation).ConfigureAwait(false);
            for (var i = 0; i < results.Count; i++)
            {
                if (results[i]() is { } ware && !ware.Equals(wares[i]))
                {
                    throw new ConformanceFailedException($"Change, write {i}: expected {(wares[i] is { } other ? WareText.Of(other) : "nothing")}\n  was {WareText.Of(ware)}");
                }
            }

            return new(WareOutcome.Done);
        });
    }

    private static bool Refuses(WareOutcome outcome) =>
        outcome.What.StartsWith(nameof(EntityNotFoundException), StringComparison.Ordinal) || outcome.What.StartsWith(nameof(PatchException), StringComparison.Ordinal);

    private static WareOutcome At(WareOutcome refusal, int place) => new($"{refusal.What.Split(' ')[0]} at {place}");
}
