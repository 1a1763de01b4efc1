using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Draws calls of repositories.</summary>
internal sealed class CallDrawing(EntityDice dice, IReadOnlyList<GadgetVariant> variants)
{
    private readonly PatchDrawing _patches = new(dice);
    private readonly QueryDrawing _queries = new(dice);

    public EntityStep Draw()
    {
        var place = dice.Next(10) switch { 0 or 1 => EntitySide.Older, 2 or 3 => EntitySide.Other, _ => EntitySide.Main };
        var (variant, id) = (variants[place], dice.Id());
        var (text, run) = dice.Next(100) switch
        {
            < 14 => Write(WriteVerb.Insert, place, variant, id),
            < 26 => Write(WriteVerb.Update, place, variant, id),
            < 34 => Write(WriteVerb.Upsert, place, variant, id),
            < 39 => Edit(place, variant, id),
            < 56 => Patch(place, variant, id),
            < 61 => Delete(place, variant, id),
            < 65 => SetExpiry(place, id),
            < 74 => Get(place, id),
            < 79 => GetMany(place),
            < 83 => GetFields(place, id),
            < 87 => Find(place, variant),
            < 88 => Exists(place, id),
            88 => Totals(place, variant),
            < 96 => _queries.Draw(variant, place),
            // These go through all buckets of memos, which takes as long as a hundred other calls.
            96 when dice.Chance(25) => dice.Chance(50) ? Verify(place) : Migrate(place),
            _ => Sweep(place),
        };
        return new($"{NameOf(place)}.{text}", dice.Chance(8), run);
    }

    private static string NameOf(int place) => place switch { EntitySide.Main => "main", EntitySide.Other => "other", _ => "older" };

    private EntityCall Write(WriteVerb verb, int place, GadgetVariant variant, string id)
    {
        var gadget = dice.Gadget(id, variants.EmailOwner(place, id));
        var off = dice.Chance(80) ? 0 : dice.Next(3) - 1;
        var (expiryText, expiry) = variant.Expiry != GadgetExpiry.Never && dice.Chance(35) ? dice.End() : ("", default);
        return new EntityCall($"{verb} {gadget} version {off:+0;-0;+0} of what is known {expiryText}", async side =>
        {
            var repository = side.Repositories[place];
            var versioned = verb == WriteVerb.Insert ? gadget : gadget with { Version = side.VersionOf(place, id) + off };
            return side.Learn(place, verb switch
            {
                WriteVerb.Insert => await repository.InsertAsync(versioned, expiry, side.Cancellation),
                WriteVerb.Update => await repository.UpdateAsync(versioned, expiry, side.Cancellation),
                _ => await repository.UpsertAsync(versioned, expiry, side.Cancellation),
            });
        });
    }

    private EntityCall Edit(int place, GadgetVariant variant, string id)
    {
        var gadget = dice.Gadget(id);
        var (expiryText, expiry) = variant.Expiry != GadgetExpiry.Never && dice.Chance(35) ? dice.End() : ("", default);
        return new($"Edit {gadget} {expiryText}", async side => side.Learn(place, await side.Repositories[place].EditAsync(
            id, stored => gadget with { Version = stored.Version, Email = stored.Email }, expiry, side.Cancellation)));
    }

    private static EntityCall Totals(int place, GadgetVariant variant) => new("Totals", async side => variant.Indexes switch
    {
        GadgetIndexes.Few => string.Join(", ", (await side.Repositories[place].TotalsAsync(m => m.PerStatus!, side.Cancellation)).OrderBy(total => total.Group, StringComparer.Ordinal)),
        GadgetIndexes.OfFunctions => string.Join(", ", (await side.Repositories[place].TotalsAsync(m => m.Worth!, side.Cancellation)).OrderBy(total => total.Group, StringComparer.Ordinal)),
        _ => "none",
    });

    private EntityCall Patch(int place, GadgetVariant variant, string id)
    {
        var (text, patch) = _patches.Draw(variant, variants.EmailOwner(place, id));
        return new EntityCall($"Patch {id}{text}", async side =>
        {
            var version = await side.Repositories[place].PatchAsync(id, p => patch(p, side.VersionOf(place, id)), side.Cancellation);
            side.Learn(place, id, version);
            return $"{version}";
        });
    }

    private EntityCall Delete(int place, GadgetVariant variant, string id)
    {
        var off = variant.HasVersion && dice.Chance(50) ? (int?)(dice.Chance(70) ? 0 : 1) : null;
        return new EntityCall($"Delete {id} version {off}", async side =>
            $"{await side.Repositories[place].DeleteAsync(id, side.VersionOf(place, id) + off, side.Cancellation)}");
    }

    private EntityCall SetExpiry(int place, string id)
    {
        var (text, expiry) = dice.End();
        return new EntityCall($"SetExpiry {id} {text}", async side => $"{await side.Repositories[place].SetExpiryAsync(id, expiry, side.Cancellation)}");
    }

    private static EntityCall Get(int place, string id) =>
        new($"Get {id}", async side => side.Learn(place, await side.Repositories[place].GetAsync(id, side.Cancellation)));

    private EntityCall GetMany(int place)
    {
        var ids = dice.Some(1, 4, dice.Id).Distinct().ToArray();
        var skips = dice.Chance(60);
        return new EntityCall($"GetMany {string.Join(' ', ids)}{(skips ? " but the unreadable" : "")}", async side =>
        {
            var unreadable = new List<string>();
            var read = skips
                ? await side.Repositories[place].GetManyAsync(ids, row => unreadable.Add($"{row.Id} {row.Error.GetType().Name}"), side.Cancellation)
                : await side.Repositories[place].GetManyAsync(ids, side.Cancellation);
            return string.Join(' ', read.Select(gadget => side.Learn(place, gadget)).Concat(unreadable));
        });
    }

    private EntityCall GetFields(int place, string id)
    {
        var which = 1 + dice.Next(63);
        return new EntityCall($"GetFields {id} {which}", async side =>
        {
            var model = side.Repositories[place].Model;
            EntityField<Gadget>[] all = [model.Email, model.Labels, model.Rank, model.Balance, model.Ratio, model.Note];
            EntityField<Gadget>[] asked = [.. all.Where((_, i) => (which & (1 << i)) != 0)];
            var fields = await side.Repositories[place].GetFieldsAsync(id, _ => asked, side.Cancellation);
            return fields is null ? "nothing" : string.Join('|', asked.Select(field => !fields.Has(field) ? "-" : field switch
            {
                EntityField<Gadget, string?> text => fields.Get(text),
                EntityField<Gadget, int?> number => $"{fields.Get(number)}",
                EntityField<Gadget, decimal> number => $"{fields.Get(number)}",
                EntityField<Gadget, double> number => $"{fields.Get(number):R}",
                EntityCollection<Gadget, string> items => string.Join(',', fields.Get(items)),
                _ => "?",
            }));
        });
    }

    private EntityCall Find(int place, GadgetVariant variant)
    {
        var email = dice.Email();
        return variant.HasEmailIndex
            ? new EntityCall($"Find {email}", async side => side.Learn(place, await side.Repositories[place].FindAsync(model => model.ByEmail!, email, side.Cancellation)))
            : Get(place, dice.Id());
    }

    private static EntityCall Exists(int place, string id) => new($"Exists {id}", async side =>
        $"{await side.Repositories[place].ExistsAsync(id, side.Cancellation)} {string.Join(' ', await side.Repositories[place].ExistManyAsync([id, "b"], side.Cancellation))}");

    // Entities come in no order: which of two that can not be read is met first is left open.
    private static EntityCall Verify(int place) => new EntityCall("Verify", async side =>
    {
        try
        {
            var report = await side.Repositories[place].VerifyAsync(side.Cancellation);
            return $"{report.Entities} {report.Entries} {string.Join(' ', report.Differences.Select(drift => $"{drift}").Order(StringComparer.Ordinal))}";
        }
        catch (StoreException)
        {
            return "refused";
        }
    });

    private static EntityCall Migrate(int place) => new EntityCall("Migrate", async side =>
    {
        var report = await side.Repositories[place].MigrateAsync(cancellationToken: side.Cancellation);
        return $"{report.Read} {report.Upgraded} {report.WasResumed} {string.Join(' ', report.Failures.Select(row => $"{row.Id} {row.Error.GetType().Name}").Order(StringComparer.Ordinal))}";
    });

    private EntityCall Sweep(int place)
    {
        var limit = 1 + dice.Next(5);
        return new EntityCall($"Sweep {limit}", async side => $"{await side.Repositories[place].SweepAsync(limit, side.Cancellation)}");
    }
}
