using Narration;
using RedisPatterns;
using Storefront.Model;

namespace Storefront.Chapters;

/// <summary>Two stores behind the same repositories in one program.</summary>
/// <param name="memory">A store in memory, whatever the other chapters use.</param>
public sealed class PolyglotChapter(IKeyValueStore memory) : IChapter
{
    public string Title => "Two stores";

    public string Text => "A repository takes its store from its keyspace. Here profiles and sessions stay in memory, and orders go to the server (or a second memory).";

    public async Task TellAsync(Shop shop, Narrator narrator, CancellationToken cancellationToken)
    {
        var split = new Shop(peopleStore: memory, tradeStore: shop.Trade.Store);
        await narrator.StepAsync(
            "The same code, on two stores",
            async () =>
            {
                await split.Profiles.InsertAsync(new Profile("linus", "Linus Pauling", "linus@example.com", "Portland"), cancellationToken);
                await split.Sessions.InsertAsync(new Session(default, "t-linus", "linus"), cancellationToken);
                return await split.Orders.InsertAsync(new Order(default, "linus", [new CartLine("mug", 1, 900)], 900), cancellationToken);
            },
            order => new TextAnswer($"Order {order.Id} of {order.Customer}."));
        await narrator.StepAsync("Where the profile is", () => new RedisCli(split.People).ShowAsync("profile:*", cancellationToken), keys => keys);
        await narrator.StepAsync("Where the order is", () => new RedisCli(split.Trade).ShowAsync("idx:order:customer:*", cancellationToken), keys => keys);

        await narrator.RefusedAsync<CrossSlotException>(
            "A change can not be all or nothing across stores, and says so at once",
            () =>
            {
                var change = split.Trade.Change();
                change.Insert(split.Orders, new Order(default, "linus", [], 0));
                change.Patch(split.Profiles, "linus", p => p.Increment(m => m.Logins, 1));
                return change.CommitAsync(cancellationToken);
            });
        await narrator.StepAsync(
            "Nothing of it was sent",
            async () => (await split.Orders.Query(m => m.ByCustomer.Is("linus")).CountAsync(cancellationToken), await split.Profiles.GetAsync("linus", cancellationToken)),
            left => new TextAnswer($"{left.Item1} order, {left.Item2!.Logins} logins."));
        await KeyCleaner.ClearAsync(split.People, cancellationToken);
    }
}
