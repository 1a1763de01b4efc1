namespace RedisPatterns;

/// <summary>An index as scripts know it.</summary>
/// <param name="Form">How it is held.</param>
/// <param name="Name">Its name in keys: that of the model, with <c>~2</c> and so on for a later revision.</param>
/// <param name="Signature">What tells apart ways of writing its values: <see cref="IndexSignature"/>; empty for the usual one.</param>
internal readonly record struct IndexSlot(IndexForm Form, string Name, string Signature)
{
    /// <summary>Whether an entity may have several values.</summary>
    public bool IsMany => Form is IndexForm.Members or IndexForm.Texts;

    /// <summary>Whether there is a hash for each period.</summary>
    public bool IsPeriodic => Form is IndexForm.PeriodCount or IndexForm.PeriodSum;

    /// <summary>The index in the catalogue: <c>l:city-age=sn</c>.</summary>
    public override string ToString() => $"{(char)Form}:{Name}{(Signature.Length == 0 ? "" : "=" + Signature)}";
}
