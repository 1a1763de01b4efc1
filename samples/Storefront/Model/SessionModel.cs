using RedisPatterns;

namespace Storefront.Model;

/// <summary>How sessions are stored: ids by the program, found by token, gone after half an hour without use.</summary>
public sealed class SessionModel : EntityModel<Session, Guid>
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    public SessionModel()
        : base("session", s => s.Id, StorefrontJson.Default.Session)
    {
        StoreAs(EntityLayout.Hash);
        GenerateIds(IdGenerators.GuidVersion7(), (s, id) => s with { Id = id });
        ExpireAfterInactivity(Window);
        Token = Field("token", s => s.Token);
        User = Field("user", s => s.User);
        Views = Field("views", s => s.Views);
        ByToken = Unique("token", Token);
        ByUser = Tag("user", User);
    }

    public EntityField<Session, string> Token { get; }

    public EntityField<Session, string> User { get; }

    public EntityField<Session, int> Views { get; }

    public UniqueIndex<Session, string> ByToken { get; }

    public TagIndex<Session, string> ByUser { get; }
}
