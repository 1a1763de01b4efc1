using System.Text.Json.Serialization;
using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Documentation;

internal sealed record Cafe(string Id, string Name, string City, int Rating, decimal Espresso, double Longitude, double Latitude, bool IsOpen, DateTimeOffset Opened, string? Chain = null, string? Branch = null);

[JsonSerializable(typeof(Cafe))]
internal sealed partial class CafeJson : JsonSerializerContext;

// snippet: indexes-model
internal sealed class CafeModel : EntityModel<Cafe>
{
    public CafeModel()
        : base("cafe", c => c.Id, CafeJson.Default.Cafe)
    {
        ByBranch = Unique("branch", c => (c.Chain, c.Branch));                        // two values together; null claims nothing
        ByEspresso = Range("espresso", c => c.Espresso);                              // decimals keep every digit
        ByCityRating = Composite("city-rating", c => c.City, c => c.Rating, c => c.Opened, CompositeParts.Second);
        ByName = Prefix("name", c => c.Name.ToLowerInvariant());                      // equality, beginnings and order
        ByWord = Words("word", c => c.Name.ToLowerInvariant().Split(' '));            // beginnings of any word
        ByPlace = Geo("place", c => new GeoPosition(c.Longitude, c.Latitude));
        ByOpened = Range("opened", c => c.Opened, when: c => c.IsOpen);               // only those that are open
        CafeName = Field("Name", c => c.Name);
    }

    public UniqueIndex<Cafe, (string? Chain, string? Branch)> ByBranch { get; }

    public RangeIndex<Cafe, decimal> ByEspresso { get; }

    public CompositeIndex<Cafe, string, int, DateTimeOffset> ByCityRating { get; }

    public PrefixIndex<Cafe> ByName { get; }

    public WordsIndex<Cafe> ByWord { get; }

    public GeoIndex<Cafe> ByPlace { get; }

    public RangeIndex<Cafe, DateTimeOffset> ByOpened { get; }

    public EntityField<Cafe, string> CafeName { get; }
}

// end-snippet
