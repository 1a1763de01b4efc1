namespace RedisPatterns;

/// <summary>Who claims a value in all partitions, and by which attempt to write: id and attempt with a tab between.</summary>
/// <param name="Text">The record as it is stored.</param>
internal readonly record struct ClaimRecord(StoreValue Text)
{
    private const char Separator = '\t';
    private const int AttemptLength = 12;

    /// <summary>The token of the claimer's id; the empty string when the record is damaged.</summary>
    public string Holder => Text.AsText() is { } text && text.IndexOf(Separator, StringComparison.Ordinal) is var end and >= 0 ? text[..end] : "";

    /// <summary>The attempt.</summary>
    public string Attempt => Text.AsText() is { } text && text.IndexOf(Separator, StringComparison.Ordinal) is var end and >= 0 ? text[(end + 1)..] : "";

    /// <summary>A record of a new claim.</summary>
    public static ClaimRecord Of(string holder, string attempt) => new($"{holder}{Separator}{attempt}");

    /// <summary>A name for an attempt that no other has.</summary>
    public static string NewAttempt() => System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(AttemptLength));
}
