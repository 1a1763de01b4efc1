namespace RedisPatterns.Benchmarks.Data;

/// <summary>Orders with three totals and nothing else.</summary>
internal sealed class PurchaseModel : EntityModel<Purchase>
{
    public PurchaseModel()
        : base("purchase", purchase => purchase.Id, UserJson.Default.Purchase)
    {
        PerStatus = Count("per-status", purchase => purchase.Status);
        PerCity = Count("per-city", purchase => purchase.City);
        PerDay = Sum("per-day", purchase => purchase.Cents, purchase => DateOnly.FromDateTime(purchase.At.UtcDateTime));
    }

    public GroupTotal<Purchase, string, long> PerStatus { get; }

    public GroupTotal<Purchase, string, long> PerCity { get; }

    public GroupTotal<Purchase, DateOnly, long> PerDay { get; }
}
