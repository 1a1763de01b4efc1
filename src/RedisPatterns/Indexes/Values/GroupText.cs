using System.Diagnostics.CodeAnalysis;

namespace RedisPatterns;

/// <summary>Reads the groups of totals from their tokens: the inverse of <see cref="IndexToken"/>.</summary>
internal static class GroupText
{
    /// <summary>The group that a token stands for.</summary>
    /// <exception cref="NotSupportedException">Values of the type, or of a part of the tuple, can not be read.</exception>
    public static TGroup Read<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TGroup>(string token)
    {
        if (!typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(typeof(TGroup)))
        {
            return (TGroup)ReadScalar(typeof(TGroup), token);
        }

        var types = typeof(TGroup).GetGenericArguments();
        var texts = token.Split('/');
        var parts = new object[types.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = i < texts.Length ? ReadScalar(types[i], texts[i]) : throw ScalarText.Unknown(typeof(TGroup));
        }

        return (TGroup)Activator.CreateInstance(typeof(TGroup), parts)!;
    }

    private static object ReadScalar(Type type, string token) => ScalarText.Token(Nullable.GetUnderlyingType(type) ?? type, KeyGrammar.Unescape(token));
}
