namespace RedisPatterns.Testing;

/// <summary>Draws steps that read, verify, sweep, and let time pass.</summary>
internal sealed class ReadSteps(WareDice dice, bool hasClock)
{
    private const long ClockTolerance = 60_000;

    public FuzzStep Draw()
    {
        var id = dice.Id();
        switch (dice.Next(9))
        {
            case 0:
                return new("Get", $"Get {WareText.Of(id)}", run => run.ExpectAsync(
                    "Get", WareOutcome.Of(run.List.Find(id)), async () => WareOutcome.Of(await run.Wares.GetAsync(id, run.Cancellation).ConfigureAwait(false))));
            case 1:
                var ids = dice.Ids(1, 6);
                return new("GetMany", $"GetMany {string.Join(' ', ids.Select(WareText.Of))}", async run =>
                {
                    run.Count("GetMany");
                    var read = await run.Wares.GetManyAsync(ids, run.Cancellation).ConfigureAwait(false);
                    for (var i = 0; i < ids.Length; i++)
                    {
                        FuzzRun.Expect(WareOutcome.Of(run.List.Find(ids[i])), WareOutcome.Of(read[i]), $"GetMany {ids[i]}");
                    }
                });
            case 2:
                return new("Exists", $"Exists {WareText.Of(id)}", run => run.ExpectAsync(
                    "Exists", new($"{run.List.Find(id) is not null}"), async () => new($"{await run.Wares.ExistsAsync(id, run.Cancellation).ConfigureAwait(false)}")));
            case 3 or 4 or 5:
                var code = dice.Chance(30) ? $"OWN-{id.ToUpperInvariant()}" : dice.Code()?.ToUpperInvariant();
                return new("Find", $"Find code {code}", run => run.ExpectAsync(
                    "Find",
                    WareOutcome.Of(code is null ? null : run.List.All.FirstOrDefault(ware => ware.Code?.ToUpperInvariant() == code)),
                    async () => WareOutcome.Of(await run.Wares.FindAsync(m => m.ByCode, code, run.Cancellation).ConfigureAwait(false))));
            case 6:
                var (region, raw) = (dice.Region(), dice.Code());
                return new("Find", $"Find region {WareText.Of(region)} code {raw}", run => run.ExpectAsync(
                    "Find",
                    WareOutcome.Of(region is null || raw is null ? null : run.List.All.FirstOrDefault(ware => ware.Region == region && ware.Code == raw)),
                    async () => WareOutcome.Of(await run.Wares.FindAsync(m => m.ByRegionCode, (region, raw), run.Cancellation).ConfigureAwait(false))));
            case 7:
                return new("GetFields", $"GetFields {WareText.Of(id)}", run => run.ExpectAsync(
                    "GetFields",
                    new(run.List.Find(id) is { } ware ? $"{ware.Name} {ware.Stock}" : "nothing"),
                    async () => new(await run.Wares.GetFieldsAsync(id, m => m.Fields, run.Cancellation).ConfigureAwait(false) is { } fields
                        ? $"{fields.Get((EntityField<Ware, string?>)run.Wares.Model.Fields[0])} {fields.Get((EntityField<Ware, int>)run.Wares.Model.Fields[1])}"
                        : "nothing")));
            default:
                return new("GetExpiry", $"GetExpiry {WareText.Of(id)}", async run =>
                {
                    run.Count("GetExpiry");
                    var end = await run.Wares.GetExpiryAsync(id, run.Cancellation).ConfigureAwait(false);
                    var (exists, expected) = (run.List.Find(id) is not null, run.List.EndOf(id));
                    FuzzRun.Expect((exists, expected is not null), (end.Exists, end.Moment is not null), "GetExpiry");
                    if (expected is { } due && Math.Abs(due - end.Moment!.Value.ToUnixTimeMilliseconds()) > ClockTolerance)
                    {
                        FuzzRun.Expect(DateTimeOffset.FromUnixTimeMilliseconds(due), end.Moment.Value, "GetExpiry");
                    }
                });
        }
    }

    /// <summary>Lets time pass where it can be moved, or sweeps.</summary>
    public FuzzStep PassOrSweep()
    {
        if (hasClock && dice.Chance(60))
        {
            var span = TimeSpan.FromSeconds(dice.Chance(50) ? 1 : 1 + dice.Next(30));
            return new("Advance", $"Advance {span}", run =>
            {
                run.Clock!.Advance(span);
                return Task.CompletedTask;
            });
        }

        var limit = 1 + dice.Next(10);
        return new("Sweep", $"Sweep {limit}", async run =>
        {
            run.Count("Sweep");
            await run.Wares.SweepAsync(limit, run.Cancellation).ConfigureAwait(false);
        });
    }

    public static FuzzStep Verify() => new("Verify", "Verify", VerifyAsync);

    /// <summary>Compares everything with the list, and entities with their entries.</summary>
    public static async Task VerifyAsync(FuzzRun run)
    {
        run.Count("Verify");
        var report = await run.Wares.VerifyAsync(run.Cancellation).ConfigureAwait(false);
        if (!report.IsClean)
        {
            throw new ConformanceFailedException($"Verify: {string.Join(", ", report.Differences)}");
        }

        FuzzRun.Expect((long)run.List.All.Count, report.Entities, "Verify: entities");
    }
}
