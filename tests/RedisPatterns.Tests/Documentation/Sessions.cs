using System.Text.Json.Serialization;

namespace RedisPatterns.Tests.Documentation;

// snippet: expiry-model
public sealed record Session(string Id, string User, int Hits, string? Page);

public sealed class SessionModel : EntityModel<Session>
{
    public SessionModel()
        : base("session", s => s.Id, SessionJson.Default.Session)
    {
        StoreAs(EntityLayout.Hash);
        ExpireAfterInactivity(TimeSpan.FromMinutes(20));
        User = Field("user", s => s.User);
        Hits = Field("hits", s => s.Hits);
        Page = Field("page", s => s.Page);
        ByUser = Tag("user", User);
    }

    public EntityField<Session, string> User { get; }

    public EntityField<Session, int> Hits { get; }

    public EntityField<Session, string?> Page { get; }

    public TagIndex<Session, string> ByUser { get; }
}

[JsonSerializable(typeof(Session))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
public sealed partial class SessionJson : JsonSerializerContext;

// end-snippet
