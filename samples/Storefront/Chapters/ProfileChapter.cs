using Narration;
using RedisPatterns;
using Storefront.Model;

namespace Storefront.Chapters;

/// <summary>Profiles whose schema changes while old and new code run side by side.</summary>
public sealed class ProfileChapter : IChapter
{
    public string Title => "Profiles";

    public string Text => "Version 1 has a name, version 2 a full name and a count of logins. Nobody stops the shop to convert documents.";

    public async Task TellAsync(Shop shop, Narrator narrator, CancellationToken cancellationToken)
    {
        // Another process, which still runs version 1: a store of its own, for one store refuses two models of one name.
        await using var oldStore = new RoundTripCountingKeyValueStore(shop.People.Store, ownsInner: false);
        var old = oldStore.Keyspace(Shop.Name).Repository<OldProfile, OldProfileModel>(new OldProfileModel());
        var redisCli = new RedisCli(shop.People);
        OldProfile[] customers = [new("ada", "Ada Lovelace", "ada@example.com", "London"), new("grace", "Grace Hopper", "grace@example.com", "Arlington")];

        await narrator.StepAsync(
            "Version 1 of the program writes two profiles",
            () => old.InsertManyAsync(customers, cancellationToken: cancellationToken),
            report => new TextAnswer($"{report.Results.Count} outcomes, {report.Succeeded} of them good."));
        await narrator.StepAsync("How they lie in the store: a hash each", () => redisCli.ShowAsync("profile:*", cancellationToken), Same);

        await narrator.StepAsync(
            "Version 2 reads one: its model says Schema(2).UpgradeFrom(1, json => json.Rename(\"name\", \"fullName\"))",
            () => shop.Profiles.GetAsync("ada", cancellationToken),
            profile => new TextAnswer($"{profile}"));
        await narrator.StepAsync(
            "Only some fields, and those of an old document too",
            () => shop.Profiles.GetFieldsAsync("grace", m => [m.FullName, m.City], cancellationToken),
            fields => new TextAnswer($"{fields!.Get(shop.Profiles.Model.FullName)}, {fields.Get(shop.Profiles.Model.City)}"));

        await narrator.StepAsync(
            "Ada moves. The first patch of an old document reads and upgrades it",
            () => shop.Profiles.PatchAsync("ada", p => p.Set(m => m.City, "Paris").Increment(m => m.Logins, 1), cancellationToken),
            _ => new TextAnswer("Done."));
        await narrator.StepAsync(
            "And again: from now on the server changes the fields by itself, with the index",
            () => shop.Profiles.PatchAsync("ada", p => p.Set(m => m.City, "Turin").Increment(m => m.Logins, 1), cancellationToken),
            _ => new TextAnswer("Done."));
        await narrator.StepAsync("The documents: one of version 2 ($v), one still as version 1 wrote it", () => redisCli.ShowAsync("profile:*", cancellationToken), Same);
        await narrator.StepAsync("The indexes have followed", () => redisCli.ShowAsync("idx:profile:*", cancellationToken), Same);
        await narrator.StepAsync(
            "So a query finds her where she is",
            () => shop.Profiles.Query(m => m.ByCity.Is("Turin")).ToListAsync(cancellationToken),
            found => new TextAnswer([.. found.Select(profile => $"{profile}")]));

        await narrator.RefusedAsync<SchemaVersionException>(
            "Version 1 reads what version 2 has written",
            async () => await old.GetAsync("ada", cancellationToken));
        await narrator.RefusedAsync<SchemaVersionException>(
            "Version 1 writes over it",
            async () => await old.UpdateAsync(new OldProfile("ada", "Ada Byron", "ada@example.com", "London"), cancellationToken));
        await narrator.StepAsync(
            "What version 2 has not touched, version 1 goes on using",
            () => old.UpdateAsync(customers[1] with { City = "New York" }, cancellationToken),
            profile => new TextAnswer($"{profile}"));
        await narrator.RefusedAsync<DuplicateValueException>(
            "Unique values are unique across versions, in a patch too",
            async () => await shop.Profiles.PatchAsync("ada", p => p.Set(m => m.Email, "grace@example.com"), cancellationToken));
        await narrator.StepAsync(
            "After all that: does every index say what the documents say?",
            () => shop.Profiles.VerifyAsync(cancellationToken),
            report => new TextAnswer($"{report.Entities} entities, {report.Entries} entries: {(report.IsClean ? "no drift." : "drift!")}"));
    }

    private static TextAnswer Same(TextAnswer answer) => answer;
}
