namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Draws changes of several writes, also of one entity.</summary>
internal sealed class ChangeDrawing(EntityDice dice, IReadOnlyList<GadgetVariant> variants)
{
    private readonly PatchDrawing _patches = new(dice);

    public EntityStep Draw()
    {
        var isOlder = dice.Chance(10);
        var writes = dice.Some(1, 4, () => Write(isOlder ? EntitySide.Older : dice.Chance(70) ? EntitySide.Main : EntitySide.Other));
        return new($"Change of:{string.Concat(writes.Select(write => $"\n        {write.Text}"))}", dice.Chance(15), async side =>
        {
            var change = side.Repositories[isOlder ? EntitySide.Older : EntitySide.Main].Keyspace.Change();
            var results = writes.Select(write => write.Add(side, change)).ToList();
            await change.CommitAsync(side.Cancellation);
            return string.Join(' ', results.Select(result => result()));
        });
    }

    private DrawnWrite Write(int place)
    {
        var (variant, id) = (variants[place], dice.Id());
        var off = dice.Chance(85) ? 0 : 1;
        var (endText, end) = variant.Expiry != GadgetExpiry.Never && dice.Chance(25) ? dice.End() : ("", default);
        switch (dice.Next(11))
        {
            case 0 or 1:
                var (text, patch) = _patches.Draw(variant, variants.EmailOwner(place, id));
                return new($"{variant.Name} Patch {id}{text}", (side, change) =>
                {
                    change.Patch(side.Repositories[place], id, p => patch(p, side.VersionOf(place, id)));
                    return () => "patched";
                });
            case 2 or 3:
                var version = variant.HasVersion && dice.Chance(40) ? off : (int?)null;
                return new($"{variant.Name} Delete {id} version {version}", (side, change) =>
                {
                    change.Delete(side.Repositories[place], id, side.VersionOf(place, id) + version);
                    return () => "deleted";
                });
            case 4:
                var demanded = variant.HasVersion && dice.Chance(60) ? off : (int?)null;
                return new($"{variant.Name} Require {id} version {demanded}", (side, change) =>
                {
                    change.Require(side.Repositories[place], id, side.VersionOf(place, id) + demanded);
                    return () => "there";
                });
            case 5 when dice.Chance(50):
                return new($"{variant.Name} RequireAbsent {id}", (side, change) =>
                {
                    change.RequireAbsent(side.Repositories[place], id);
                    return () => "absent";
                });
            case 5:
                var (ending, moment) = dice.End();
                return new($"{variant.Name} SetExpiry {id} {ending}", (side, change) =>
                {
                    change.SetExpiry(side.Repositories[place], id, moment);
                    return () => "set";
                });
            case 6:
                var edited = dice.Gadget(id, variants.EmailOwner(place, id));
                return new($"{variant.Name} Edit {edited} {endText}", (side, change) =>
                {
                    var result = change.Edit(side.Repositories[place], id, stored => edited with { Version = stored.Version, Labels = stored.Labels }, end);
                    return () => side.Learn(place, result.Value);
                });
            default:
                var (verb, gadget) = (dice.Word<WriteVerb>(), dice.Gadget(id, variants.EmailOwner(place, id)));
                return new($"{variant.Name} {verb} {gadget} version {off:+0} of what is known {endText}", (side, change) =>
                {
                    var (repository, versioned) = (side.Repositories[place], verb == WriteVerb.Insert ? gadget : gadget with { Version = side.VersionOf(place, id) + off });
                    var changed = verb switch
                    {
                        WriteVerb.Insert => change.Insert(repository, versioned, end),
                        WriteVerb.Update => change.Update(repository, versioned, end),
                        _ => change.Upsert(repository, versioned, end),
                    };
                    return () => side.Learn(place, changed.Value);
                });
        }
    }
}
