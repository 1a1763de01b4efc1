namespace RedisPatterns;

/// <summary>
/// What the write scripts answer: the new versions, or which operation was refused and why. A single write that went the
/// short way answers just its version.
/// </summary>
internal readonly record struct EntityWriteReply(int Refusal, int Operation, long Detail, long[] Versions)
{
    public const int Exists = -1;
    public const int NotFound = -2;
    public const int WrongVersion = -3;
    public const int Duplicate = -4;
    public const int ShapeClash = -5;
    public const int PartsLost = -6;
    public const int BadPatch = -7;
    public const int NeedsEntity = -8;
    public const int Changed = -9;
    public const int NewerSchema = -10;
    public const int OtherDefinition = -11;

    /// <summary>The store has indexes that the model does not declare: writes must remember what is not in them.</summary>
    public const int Outdated = -12;

    /// <summary>It has none any more.</summary>
    public const int UpToDate = -13;

    /// <summary>The claim of a unique value was given to another.</summary>
    public const int Revoked = -14;

    /// <summary>A lease is no longer held.</summary>
    public const int LeaseLost = -15;

    public bool IsRefused => Refusal < 0;

    private static readonly long[] First = [1];

    /// <summary>A write that succeeded and made the first version.</summary>
    public static EntityWriteReply Done => new(0, 0, 0, First);

    public static EntityWriteReply Read(StoreReply reply)
    {
        if (reply.Kind is StoreReplyKind.Integer or StoreReplyKind.Value)
        {
            return Replies.ToInt64(reply) is var version and not 1 ? new(0, 0, 0, [version]) : Done;
        }

        var numbers = Replies.ToArray(reply, Replies.ToInt64);
        return numbers is [< 0, var operation, var detail]
            ? new((int)numbers[0], (int)operation, detail, [])
            : new(0, 0, 0, numbers);
    }
}
