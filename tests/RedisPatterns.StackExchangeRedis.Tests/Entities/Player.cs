using System.Text.Json.Serialization;

namespace RedisPatterns.StackExchangeRedis.Tests;

internal sealed record Player(string Id, string Email, string Rank, string City, int Age, long Score, string[] Medals, string? Nick = null, long Version = 0);

internal sealed class PlayerModel : EntityModel<Player>
{
    public PlayerModel(EntityLayout layout)
        : base("player", player => player.Id, PlayerJson.Default.Player)
    {
        StoreAs(layout);
        Version(player => player.Version, (player, version) => player with { Version = version });
        Email = Field("Email", player => player.Email);
        Rank = Field("Rank", player => player.Rank);
        City = Field("City", player => player.City);
        Age = Field("Age", player => player.Age);
        Score = Field("Score", player => player.Score);
        Nick = Field("Nick", player => player.Nick);
        Medals = Collection("Medals", player => player.Medals);
        ByEmail = Unique("email", Email);
        ByRank = Tag("rank", Rank);
        ByCity = Tag("city", City);
        ByMedal = Tags("medal", Medals);
        ByAge = Range("age", Age);
        ByScore = Range("score", Score);
    }

    public EntityField<Player, string> Email { get; }

    public EntityField<Player, string> Rank { get; }

    public EntityField<Player, string> City { get; }

    public EntityField<Player, int> Age { get; }

    public EntityField<Player, long> Score { get; }

    public EntityField<Player, string?> Nick { get; }

    public EntityCollection<Player, string> Medals { get; }

    public UniqueIndex<Player, string> ByEmail { get; }

    public TagIndex<Player, string> ByRank { get; }

    public TagIndex<Player, string> ByCity { get; }

    public TagIndex<Player, string> ByMedal { get; }

    public RangeIndex<Player, int> ByAge { get; }

    public RangeIndex<Player, long> ByScore { get; }
}

internal sealed class PlainPlayerModel : EntityModel<Player>
{
    public PlainPlayerModel(EntityLayout layout)
        : base("player", player => player.Id, PlayerJson.Default.Player)
    {
        StoreAs(layout);
        City = Field("City", player => player.City);
        Age = Field("Age", player => player.Age);
    }

    public EntityField<Player, string> City { get; }

    public EntityField<Player, int> Age { get; }
}

[JsonSerializable(typeof(Player))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class PlayerJson : JsonSerializerContext;
