using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Documentation;

public sealed class CatalogueTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Spring = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly InMemoryKeyValueStore _store = new();
    private readonly Keyspace _shop;
    private readonly Repository<Product, ProductModel> _products;
    private readonly Repository<Order, OrderModel> _orders;

    public CatalogueTests()
    {
        _shop = _store.Keyspace("shop");
        _products = _shop.Repository<Product, ProductModel>(new ProductModel());
        _orders = _shop.Repository<Order, OrderModel>(new OrderModel());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_sells_the_last_one_once()
    {
        var lamp = await _products.InsertAsync(Make("p1", 29.50m, "light"), Cancellation);
        await SellAsync(_shop, _products, _orders, lamp, "o1", Cancellation);
        await Assert.ThrowsAsync<VersionConflictException>(() => SellAsync(_shop, _products, _orders, lamp, "o2", Cancellation));
        Assert.False(await _orders.ExistsAsync("o2", Cancellation));
        Assert.Equal(0, (await _products.GetAsync("p1", Cancellation))!.Stock);
    }

    [Fact]
    public async Task An_edit_sees_what_is_stored()
    {
        await _products.InsertAsync(Make("p1", 29.50m, "light"), Cancellation);
        var cancellationToken = Cancellation;

        // snippet: entities-edit
        var cheaper = await _products.EditAsync("p1", p => p.Price > 20 ? p with { Price = p.Price * 0.9m, Labels = [.. p.Labels, "sale"] } : p, cancellationToken);

        // end-snippet
        Assert.Equal((26.55m, 2L), (cheaper.Price, cheaper.Version));
        Assert.Equal(["light", "sale"], (await _products.GetAsync("p1", Cancellation))!.Labels);
        Assert.True(await _products.Query(m => m.ByLabel.Is("sale")).AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_change_demands_what_it_depends_on()
    {
        var lamp = await _products.InsertAsync(Make("p1", 29.50m, "light"), Cancellation);
        await OrderAsync(_shop, _products, _orders, lamp, "o1", Cancellation);
        await Assert.ThrowsAsync<EntityExistsException>(() => OrderAsync(_shop, _products, _orders, lamp, "o1", Cancellation));
        await _products.UpdateAsync(lamp with { Price = 40 }, Cancellation);
        await Assert.ThrowsAsync<VersionConflictException>(() => OrderAsync(_shop, _products, _orders, lamp, "o2", Cancellation));
        Assert.Equal(1L, await _orders.Query().CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_query_finds_in_order()
    {
        await _products.InsertAsync(Make("p1", 29.50m, "light", "sale"), Cancellation);
        await _products.InsertAsync(Make("p2", 9.25m, "light", "used"), Cancellation);
        await _products.InsertAsync(Make("p3", 19, "garden"), Cancellation);
        await _products.InsertAsync(Make("p4", 119, "light"), Cancellation);
        await _products.InsertAsync(Make("p5", 5, "book"), Cancellation);
        Assert.Equal(["p1", "p3"], (await FindAsync(_products, Spring, Cancellation)).Select(product => product.Id));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static Product Make(string id, decimal price, params string[] labels) => new(id, "sku-" + id, id, price, 1, labels, Spring);

    private static async Task SellAsync(
        Keyspace shop,
        Repository<Product, ProductModel> products,
        Repository<Order, OrderModel> orders,
        Product product,
        string orderId,
        CancellationToken cancellationToken)
    {
        // snippet: entities-change
        var change = shop.Change();
        change.Insert(orders, new Order(orderId, product.Id, Quantity: 1));
        change.Update(products, product with { Stock = product.Stock - 1 });

        // VersionConflictException when somebody else has sold one meanwhile: then there is no order either.
        await change.CommitAsync(cancellationToken);

        // end-snippet
    }

    private static async Task OrderAsync(
        Keyspace shop,
        Repository<Product, ProductModel> products,
        Repository<Order, OrderModel> orders,
        Product product,
        string orderId,
        CancellationToken cancellationToken)
    {
        // snippet: entities-require
        var change = shop.Change();

        // At the price that was shown, and only once: what was read before must still be so.
        change.Require(products, product.Id, product.Version);
        change.RequireAbsent(orders, orderId);
        change.Insert(orders, new Order(orderId, product.Id, Quantity: 1));
        await change.CommitAsync(cancellationToken);

        // end-snippet
    }

    private static async Task<IReadOnlyList<Product>> FindAsync(
        Repository<Product, ProductModel> products, DateTimeOffset spring, CancellationToken cancellationToken)
    {
        // snippet: indexes-query
        var page = await products
            .Query(m => m.ByLabel.AnyOf("light", "garden")
                & !m.ByLabel.Is("used")
                & m.ByPrice.Between(10, 50)
                & m.ByCreated.AtLeast(spring))
            .OrderByDescending(m => m.ByPrice)
            .Take(20)
            .ToListAsync(cancellationToken);

        // end-snippet
        return page;
    }
}
