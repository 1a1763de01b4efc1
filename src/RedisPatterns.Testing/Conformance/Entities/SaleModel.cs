namespace RedisPatterns.Testing;

/// <summary>The model of the conformance suites with every kind of total.</summary>
internal sealed class SaleModel : EntityModel<Sale>
{
    public SaleModel(EntityLayout layout, bool expires = false)
        : base("sale", sale => sale.Id, ConformanceJson.Default.Sale)
    {
        StoreAs(layout);
        Version(sale => sale.Version, (sale, version) => sale with { Version = version });
        if (expires)
        {
            MayExpire();
        }

        Status = Field("status", sale => sale.Status);
        Region = Field("region", sale => sale.Region);
        Amount = Field("amount", sale => sale.Amount);
        Quantity = Field("quantity", sale => sale.Quantity);
        SoldAt = Field("soldAt", sale => sale.SoldAt);
        ByRegion = Tag("region", Region);
        All = Count("all", from: []);
        Big = Count("big", when: sale => sale.Amount > 1_000, from: [Amount]);
        PerStatus = Count("per-status", Status);
        PerRegionStatus = Count("per-region-status", sale => (sale.Region, sale.Status), from: [Region, Status]);
        PerDay = Count("per-day", Period.Day, sale => sale.SoldAt, from: [SoldAt]);
        PerHourStatus = Count("per-hour-status", Period.Hour, sale => sale.SoldAt, sale => sale.Status, from: [SoldAt, Status]);
        Revenue = Sum("revenue", sale => sale.Amount, decimals: 2, from: [Amount]);
        RevenuePerRegion = Sum("revenue-per-region", sale => sale.Amount, sale => sale.Region, decimals: 2, from: [Amount, Region]);
        QuantityPerStatus = Sum("quantity-per-status", sale => sale.Quantity, sale => sale.Status, from: [Quantity, Status]);
        QuantityPerDay = Sum("quantity-per-day", sale => sale.Quantity, Period.Day, sale => sale.SoldAt, from: [Quantity, SoldAt]);
        RevenuePerDayRegion = Sum("revenue-per-day-region", sale => sale.Amount, Period.Day, sale => sale.SoldAt, sale => sale.Region, decimals: 2, from: [Amount, SoldAt, Region]);
        Amounts = Extremes("amount", sale => sale.Amount, from: [Amount]);
        AmountsPerRegion = Extremes("amount-per-region", sale => sale.Amount, sale => sale.Region, from: [Amount, Region]);
        MomentsPerStatus = Extremes("moment-per-status", sale => sale.SoldAt, sale => sale.Status, from: [SoldAt, Status]);
    }

    public EntityField<Sale, SaleStatus?> Status { get; }

    public EntityField<Sale, string?> Region { get; }

    public EntityField<Sale, decimal?> Amount { get; }

    public EntityField<Sale, long> Quantity { get; }

    public EntityField<Sale, DateTimeOffset?> SoldAt { get; }

    public TagIndex<Sale, string?> ByRegion { get; }

    public EntityTotal<Sale, long> All { get; }

    public EntityTotal<Sale, long> Big { get; }

    public GroupTotal<Sale, SaleStatus?, long> PerStatus { get; }

    public GroupTotal<Sale, (string? Region, SaleStatus? Status), long> PerRegionStatus { get; }

    public PeriodTotal<Sale, long> PerDay { get; }

    public PeriodGroupTotal<Sale, SaleStatus?, long> PerHourStatus { get; }

    public EntityTotal<Sale, decimal> Revenue { get; }

    public GroupTotal<Sale, string?, decimal> RevenuePerRegion { get; }

    public GroupTotal<Sale, SaleStatus?, long> QuantityPerStatus { get; }

    public PeriodTotal<Sale, long> QuantityPerDay { get; }

    public PeriodGroupTotal<Sale, string?, decimal> RevenuePerDayRegion { get; }

    public EntityExtremes<Sale, decimal?> Amounts { get; }

    public GroupExtremes<Sale, string?, decimal?> AmountsPerRegion { get; }

    public GroupExtremes<Sale, SaleStatus?, DateTimeOffset?> MomentsPerStatus { get; }
}
