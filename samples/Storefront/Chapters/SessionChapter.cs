using Narration;
using RedisPatterns;
using RedisPatterns.Commands;
using Storefront.Model;

namespace Storefront.Chapters;

/// <summary>Sessions that end when they are not used.</summary>
public sealed class SessionChapter : IChapter
{
    private static readonly DateTimeOffset LongAgo = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Title => "Sessions";

    public string Text => "ExpireAfterInactivity(30 minutes), ids of Guid version 7. Nobody waits here: SetExpiryAsync plays the time that passes.";

    public async Task TellAsync(Shop shop, Narrator narrator, CancellationToken cancellationToken)
    {
        var redisCli = new RedisCli(shop.People);
        var sessions = shop.Sessions;
        var laptop = await narrator.StepAsync(
            "Ada logs in on her laptop: the id comes with the insert",
            () => sessions.InsertAsync(new Session(default, "t-laptop", "ada"), cancellationToken),
            session => new TextAnswer($"Version {session.Id.Version} of Guids: {session.Id}"));
        await sessions.InsertAsync(new Session(default, "t-phone", "ada"), cancellationToken);
        await sessions.InsertAsync(new Session(default, "t-tablet", "grace"), cancellationToken);

        await narrator.StepAsync(
            "A request comes with a token",
            () => sessions.FindAsync(m => m.ByToken, "t-laptop", cancellationToken),
            session => new TextAnswer($"It is {session!.User}'s, the one that was inserted: {session.Id == laptop.Id}."));
        await narrator.StepAsync(
            "Ada's active sessions, counted through the index",
            () => sessions.Query(m => m.ByUser.Is("ada")).CountAsync(cancellationToken),
            count => new TextAnswer($"{count}"));

        await narrator.StepAsync(
            "29 minutes without a click: the end is a minute away. Then a page is viewed",
            async () =>
            {
                await sessions.SetExpiryAsync(laptop.Id, Expiry.After(TimeSpan.FromMinutes(1)), cancellationToken);
                var before = await sessions.GetExpiryAsync(laptop.Id, cancellationToken);
                await sessions.PatchAsync(laptop.Id, p => p.Increment(m => m.Views, 1), cancellationToken);
                var after = await sessions.GetExpiryAsync(laptop.Id, cancellationToken);
                return after.Moment!.Value - before.Moment!.Value;
            },
            putOff => new TextAnswer($"The end was put off by {Math.Round(putOff.TotalMinutes)} minutes."));
        await narrator.StepAsync(
            "Ada puts the laptop away: 31 minutes pass, and the end with them",
            () => sessions.SetExpiryAsync(laptop.Id, Expiry.At(LongAgo), cancellationToken),
            _ => new TextAnswer("Time has passed."));
        await narrator.StepAsync(
            "Nobody finds that session any more, by id or token, and no write revives it",
            async () => (await sessions.GetAsync(laptop.Id, cancellationToken), await sessions.FindAsync(m => m.ByToken, "t-laptop", cancellationToken)),
            found => new TextAnswer($"By id: {found.Item1?.Token ?? "null"}, by token: {found.Item2?.Token ?? "null"}."));
        await narrator.RefusedAsync<EntityNotFoundException>(
            "A late click",
            async () => await sessions.PatchAsync(laptop.Id, p => p.Increment(m => m.Views, 1), cancellationToken));
        await narrator.StepAsync(
            "Ada's active sessions now",
            () => sessions.Query(m => m.ByUser.Is("ada")).CountAsync(cancellationToken),
            count => new TextAnswer($"{count}"));
        await narrator.StepAsync(
            "The token is free again",
            () => sessions.InsertAsync(new Session(default, "t-laptop", "grace"), cancellationToken),
            session => new TextAnswer($"{session.Token} is {session.User}'s."));

        await narrator.StepAsync(
            "The night passes, all sessions end, a background task sweeps: only the description of the indexes stays",
            async () =>
            {
                foreach (var session in await sessions.Query(m => m.ByUser.AnyOf("ada", "grace")).ToListAsync(cancellationToken))
                {
                    await sessions.SetExpiryAsync(session.Id, Expiry.At(LongAgo), cancellationToken);
                }

                await sessions.SweepAsync(cancellationToken: cancellationToken);
                return await redisCli.ShowAsync("*session*", cancellationToken);
            },
            keys => keys);
    }
}
