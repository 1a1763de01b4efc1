using Narration;
using RedisPatterns;

namespace Storefront.Model;

/// <summary>The repositories of the shop: people on one store, trade on another or the same.</summary>
/// <param name="peopleStore">Where profiles and sessions live.</param>
/// <param name="tradeStore">Where carts, stock, accounts, orders and attachments live; one change can span them.</param>
public sealed class Shop(IKeyValueStore peopleStore, IKeyValueStore tradeStore)
{
    public const string Name = "storefront";

    public Keyspace People { get; } = peopleStore.Keyspace(Name);

    public Keyspace Trade { get; } = tradeStore.Keyspace(Name);

    public Repository<Profile, ProfileModel> Profiles => field ??= People.Repository<Profile, ProfileModel>(new ProfileModel());

    public Repository<Session, SessionModel> Sessions => field ??= People.Repository<Session, SessionModel>(new SessionModel());

    public Repository<Cart, CartModel> Carts => field ??= Trade.Repository<Cart, CartModel>(new CartModel());

    public Repository<StockItem, StockModel> Stock => field ??= Trade.Repository<StockItem, StockModel>(new StockModel());

    public Repository<Account, AccountModel> Accounts => field ??= Trade.Repository<Account, AccountModel>(new AccountModel());

    public Repository<Order, OrderModel> Orders => field ??= Trade.Repository<Order, OrderModel>(new OrderModel());

    public Repository<Attachment, AttachmentModel> Attachments => field ??= Trade.Repository<Attachment, AttachmentModel>(new AttachmentModel());

    /// <summary>Deletes every key of the shop, and no other.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken = default)
    {
        await KeyCleaner.ClearAsync(People, cancellationToken);
        await KeyCleaner.ClearAsync(Trade, cancellationToken);
    }
}
