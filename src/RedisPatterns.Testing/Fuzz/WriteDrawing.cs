namespace RedisPatterns.Testing;

/// <summary>Draws writes.</summary>
internal sealed class WriteDrawing(WareDice dice, bool expires)
{
    private const int WrongVersionPercent = 12;

    /// <summary>A write that can stand alone or in a change.</summary>
    /// <param name="canRead">Whether it may read first.</param>
    /// <param name="mayFail">Whether it may give an end to a model that knows none.</param>
    public WareWrite Draw(bool canRead = true, bool mayFail = true)
    {
        var id = dice.Id();
        var end = dice.EndOrNone(expires ? 30 : mayFail ? 1 : 0);
        return dice.Next(canRead ? 21 : 16) switch
        {
            < 5 => Insert(dice.Ware(id), end),
            < 9 => Update(dice.Ware(id), dice.Chance(WrongVersionPercent) ? 1 : 0, end),
            < 12 => Upsert(dice.Ware(id), end),
            < 15 => Delete(id, dice.Chance(50) ? null : dice.Chance(WrongVersionPercent) ? 1 : 0),
            15 => expires || mayFail ? SetExpiry(id, end ?? dice.End()) : Upsert(dice.Ware(id), end),
            < 18 => Edit(id, dice.Ware(id), dice.Chance(50), end),
            _ => Patch(id, end),
        };
    }

    /// <summary>What only a change can say.</summary>
    public WareWrite Demand()
    {
        var id = dice.Id();
        if (dice.Chance(40))
        {
            return new("RequireAbsent", $"RequireAbsent {WareText.Of(id)}", id, false, _ => new(
                (list, _) => list.Find(id) is null ? new("True") : WareOutcome.Of<EntityExistsException>(),
                _ => throw new NotSupportedException(),
                (run, change) =>
                {
                    change.RequireAbsent(run.Wares, id);
                    return () => null;
                }));
        }

        int? off = dice.Chance(50) ? null : dice.Chance(WrongVersionPercent) ? 1 : 0;
        return new("Require", $"Require {WareText.Of(id)} version {off:+0}", id, false, known =>
        {
            var version = known.Find(id)?.Version + off;
            return new(
                (list, _) => list.Find(id) is not { } stored ? WareOutcome.Of<EntityNotFoundException>() : version is null || version == stored.Version ? new("True") : WareOutcome.Of<VersionConflictException>(),
                _ => throw new NotSupportedException(),
                (run, change) =>
                {
                    change.Require(run.Wares, id, version);
                    return () => null;
                });
        });
    }

    public static WareWrite Insert(Ware ware, FuzzEnd? end) => new("Insert", $"Insert {WareText.Of(ware)} {end}", ware.Id, false, _ => new(
        (list, _) => list.Insert(ware, end),
        async run => WareOutcome.Of(end is null ? await run.Wares.InsertAsync(ware, run.Cancellation).ConfigureAwait(false) : await run.Wares.InsertAsync(ware, end.Expiry, run.Cancellation).ConfigureAwait(false)),
        (run, change) => Value(change.Insert(run.Wares, ware, end?.Expiry ?? default))));

    public static WareWrite Update(Ware ware, int off, FuzzEnd? end) => new("Update", $"Update {WareText.Of(ware)} version {off:+0} {end}", ware.Id, false, known =>
    {
        var versioned = ware with { Version = (known.Find(ware.Id)?.Version ?? 1) + off };
        return new(
            (list, _) => list.Update(versioned, end),
            async run => WareOutcome.Of(end is null ? await run.Wares.UpdateAsync(versioned, run.Cancellation).ConfigureAwait(false) : await run.Wares.UpdateAsync(versioned, end.Expiry, run.Cancellation).ConfigureAwait(false)),
            (run, change) => Value(change.Update(run.Wares, versioned, end?.Expiry ?? default)));
    });

    public static WareWrite Upsert(Ware ware, FuzzEnd? end) => new("Upsert", $"Upsert {WareText.Of(ware)} {end}", ware.Id, false, _ => new(
        (list, _) => list.Upsert(ware, end),
        async run => WareOutcome.Of(end is null ? await run.Wares.UpsertAsync(ware, run.Cancellation).ConfigureAwait(false) : await run.Wares.UpsertAsync(ware, end.Expiry, run.Cancellation).ConfigureAwait(false)),
        (run, change) => Value(change.Upsert(run.Wares, ware, end?.Expiry ?? default))));

    public static WareWrite Delete(string id, int? off) => new("Delete", $"Delete {WareText.Of(id)} version {off:+0}", id, false, known =>
    {
        var version = off is null ? null : (known.Find(id)?.Version ?? 1) + off;
        return new(
            (list, isInChange) => list.Delete(id, version, isInChange),
            async run => new($"{await run.Wares.DeleteAsync(id, version, run.Cancellation).ConfigureAwait(false)}"),
            (run, change) =>
            {
                change.Delete(run.Wares, id, version);
                return () => null;
            });
    });

    public static WareWrite SetExpiry(string id, FuzzEnd end) => new("SetExpiry", $"SetExpiry {WareText.Of(id)} {end}", id, false, _ => new(
        (list, isInChange) => list.SetEnd(id, end, isInChange),
        async run => new($"{await run.Wares.SetExpiryAsync(id, end.Expiry, run.Cancellation).ConfigureAwait(false)}"),
        (run, change) =>
        {
            change.SetExpiry(run.Wares, id, end.Expiry);
            return () => null;
        }));

    /// <summary>Patches of many, or of one with what is patched.</summary>
    public WarePatch PatchSteps()
    {
        var (name, stock) = (dice.Name(), dice.Stock());
        return dice.Next(5) switch
        {
            0 => new($"name={WareText.Of(name)}", p => p.Set(m => (EntityField<Ware, string?>)m.Fields[0], name), ware => ware with { Name = name }),
            1 => new($"stock={stock}", p => p.Set(m => (EntityField<Ware, int>)m.Fields[1], stock), ware => ware with { Stock = stock }),
            2 => new("no name", p => p.Unset(m => m.Fields[0]), ware => ware with { Name = null }),
            3 => new(
                $"stock+={stock} name={WareText.Of(name)}",
                p => p.Increment(m => (EntityField<Ware, int>)m.Fields[1], stock).Set(m => (EntityField<Ware, string?>)m.Fields[0], name),
                ware => Sum(ware, stock) is { } added ? added with { Name = name } : null),
            _ => new($"stock+={stock}", p => p.Increment(m => (EntityField<Ware, int>)m.Fields[1], stock), ware => Sum(ware, stock)),
        };
    }

    private static Ware? Sum(Ware ware, int by) => (long)ware.Stock + by is >= int.MinValue and <= int.MaxValue and var sum ? ware with { Stock = (int)sum } : null;

    private static WareWrite Edit(string id, Ware ware, bool keepsCode, FuzzEnd? end)
    {
        Ware Edited(Ware stored) => ware with { Code = keepsCode ? stored.Code : ware.Code, Version = stored.Version, Labels = stored.Labels };
        return new("Edit", $"Edit {WareText.Of(ware)} {(keepsCode ? "with its code" : "")} and labels {end}", id, true, _ => new(
            (list, _) => list.Change(id, Edited, null, end),
            async run => WareOutcome.Of(end is null ? await run.Wares.EditAsync(id, Edited, run.Cancellation).ConfigureAwait(false) : await run.Wares.EditAsync(id, Edited, end.Expiry, run.Cancellation).ConfigureAwait(false)),
            (run, change) => Value(change.Edit(run.Wares, id, Edited, end?.Expiry ?? default))));
    }

    private WareWrite Patch(string id, FuzzEnd? end)
    {
        var steps = PatchSteps();
        int? off = dice.Chance(60) ? null : dice.Chance(WrongVersionPercent) ? 1 : 0;
        return new("Patch", $"Patch {WareText.Of(id)} {steps.Text} version {off:+0} {end}", id, true, known =>
        {
            var version = off is null ? null : (known.Find(id)?.Version ?? 1) + off;
            void Build(Patch<Ware, WareModel> patch)
            {
                steps.Steps(patch);
                if (version is { } demanded)
                {
                    patch.WhenVersion(demanded);
                }

                if (end is not null)
                {
                    patch.Expire(end.Expiry);
                }
            }

            return new(
                (list, _) => list.Change(id, steps.Apply, version, end) is var outcome && outcome.Ware is { } ware ? new($"version {ware.Version}") : outcome,
                async run => new($"version {await run.Wares.PatchAsync(id, Build, run.Cancellation).ConfigureAwait(false)}"),
                (run, change) =>
                {
                    change.Patch(run.Wares, id, Build);
                    return () => null;
                });
        });
    }

    private static Func<Ware?> Value(ChangedEntity<Ware> changed) => () => changed.Value;
}
