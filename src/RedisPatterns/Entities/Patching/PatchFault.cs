namespace RedisPatterns;

/// <summary>Why a change of a field is refused; the numbers are those of <see cref="PatchLua"/>.</summary>
internal enum PatchFault
{
    None = 0,
    NotANumber = 1,
    OutOfRange = 2,
    NotACollection = 3,
    NeedsEntity = 4,
}
