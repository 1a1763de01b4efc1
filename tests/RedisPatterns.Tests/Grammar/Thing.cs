using System.Text.Json.Serialization;

namespace RedisPatterns.Tests.Grammar;

/// <summary>An entity whose document is not its id, since JSON can not hold every id.</summary>
public sealed class Thing
{
    [JsonIgnore]
    public string Id { get; init; } = "unread";
}

public sealed class ThingModel() : EntityModel<Thing>("thing", thing => thing.Id, ThingJson.Default.Thing);

[JsonSerializable(typeof(Thing))]
public sealed partial class ThingJson : JsonSerializerContext;
