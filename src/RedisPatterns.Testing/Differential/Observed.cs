namespace RedisPatterns.Testing;

/// <summary>Makes replies of what a pipeline or batch was given.</summary>
internal static class Observed
{
    /// <summary>The reply in a place; one whose type is not comparable is read as it came, and then by the command's own reader.</summary>
    public static StoreReply Reply(PendingReply pending) => pending switch
    {
        { Error: { } error } => StoreReply.FromError(error),
        { IsCompleted: false } => StoreReply.Null,
        PendingReply<StoreReply> raw => raw.Value,
        PendingReply<long> number => StoreReply.Integer(number.Value),
        PendingReply<bool> boolean => StoreReply.Integer(boolean.Value ? 1 : 0),
        PendingReply<long?> number => number.Value is { } value ? StoreReply.Integer(value) : StoreReply.Null,
        PendingReply<double> number => StoreReply.FromValue(number.Value),
        PendingReply<double?> number => number.Value is { } value ? StoreReply.FromValue(value) : StoreReply.Null,
        PendingReply<StoreValue> value => StoreReply.FromValue(value.Value),
        PendingReply<StoreValue[]> values => StoreReply.Array(Array.ConvertAll(values.Value, StoreReply.FromValue)),
        PendingReply<long[]> numbers => StoreReply.Array(Array.ConvertAll(numbers.Value, StoreReply.Integer)),
        _ => throw new NotSupportedException($"{pending.Command.Definition.Name} answers with a type that is not compared."),
    };

    /// <summary>The reply with its integers as text.</summary>
    public static StoreReply WithoutIntegers(StoreReply reply) => reply.Kind switch
    {
        StoreReplyKind.Integer => StoreReply.FromValue(reply.Value),
        StoreReplyKind.Array => StoreReply.Array(Array.ConvertAll(reply.Items.ToArray(), WithoutIntegers)),
        _ => reply,
    };

    /// <summary>Whether <see cref="Reply"/> knows the type that a command answers with.</summary>
    public static bool IsComparable(StoreCommand command) => command is
        StoreCommand<StoreReply> or StoreCommand<long> or StoreCommand<bool> or StoreCommand<long?> or StoreCommand<double>
        or StoreCommand<double?> or StoreCommand<StoreValue> or StoreCommand<StoreValue[]> or StoreCommand<long[]>;

    /// <summary>The reply as it came, unless the command's own reader does not understand it.</summary>
    public static StoreReply Checked(StoreCommand command, StoreReply reply)
    {
        if (reply.Kind == StoreReplyKind.Error)
        {
            return reply;
        }

        var place = command.CreatePending();
        place.Complete(reply);
        return place.Error is { } error ? StoreReply.FromError(error) : reply;
    }
}
