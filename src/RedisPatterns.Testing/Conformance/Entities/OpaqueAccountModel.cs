namespace RedisPatterns.Testing;

/// <summary><see cref="AccountModel"/> with indexes over functions of the whole entity: every patch has to read it.</summary>
internal sealed class OpaqueAccountModel : AccountModel
{
    public OpaqueAccountModel(EntityLayout layout)
        : base(layout, isOpaque: true) => MayExpire();
}
