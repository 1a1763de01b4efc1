using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Makes replies of what commands, pipelines and batches were given.</summary>
internal static class Observed
{
    // The types of typed replies that can be turned back into replies; the others are sent raw and then read.
    private static readonly Comparable[] Types =
    [
        new Comparable<StoreReply>(reply => reply),
        new Comparable<long>(StoreReply.Integer),
        new Comparable<bool>(value => StoreReply.Integer(value ? 1 : 0)),
        new Comparable<long?>(Optional<long>(StoreReply.Integer)),
        new Comparable<double>(value => StoreReply.FromValue(value)),
        new Comparable<double?>(Optional<double>(value => StoreReply.FromValue(value))),
        new Comparable<StoreValue>(StoreReply.FromValue),
        new Comparable<DataType>(value => StoreReply.Status(value.ToString())),
        new Comparable<SortedSetEntry?>(Optional<SortedSetEntry>(FromEntry)),
        new Comparable<StoreValue[]>(values => StoreReply.Array(Array.ConvertAll(values, StoreReply.FromValue))),
        new Comparable<long[]>(values => StoreReply.Array(Array.ConvertAll(values, StoreReply.Integer))),
        new Comparable<bool[]>(values => StoreReply.Array(Array.ConvertAll(values, value => StoreReply.Integer(value ? 1 : 0)))),
        new Comparable<double?[]>(values => StoreReply.Array(Array.ConvertAll(values, value => Optional<double>(number => StoreReply.FromValue(number))(value)))),
        new Comparable<HashEntry[]>(entries => StoreReply.Array(Array.ConvertAll(entries, FromEntry))),
        new Comparable<SortedSetEntry[]>(entries => StoreReply.Array(Array.ConvertAll(entries, FromEntry))),
    ];

    /// <summary>The reply in a place of a comparable type.</summary>
    public static StoreReply Reply(PendingReply pending) => pending switch
    {
        { Error: { } error } => StoreReply.FromError(error),
        { IsCompleted: false } => StoreReply.Null,
        _ => TypeOf(pending.Command)!.Read(pending),
    };

    /// <summary>Whether a command's typed reply can be turned back into a reply.</summary>
    public static bool IsComparable(StoreCommand command) => TypeOf(command) is not null;

    /// <summary>Sends one command of a comparable type by itself.</summary>
    public static async Task<StoreReply> SendAsync(IKeyValueStore store, StoreCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await TypeOf(command)!.SendAsync(store, command, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException error)
        {
            return StoreReply.FromError(error);
        }
    }

    /// <summary>The reply with its integers as text.</summary>
    public static StoreReply WithoutIntegers(StoreReply reply) => reply.Kind switch
    {
        StoreReplyKind.Integer => StoreReply.FromValue(reply.Value),
        StoreReplyKind.Array => StoreReply.Array(Array.ConvertAll(reply.Items.ToArray(), WithoutIntegers)),
        _ => reply,
    };

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

    private static Comparable? TypeOf(StoreCommand command) => Array.Find(Types, type => type.Is(command));

    private static StoreReply FromEntry(HashEntry entry) => StoreReply.Array(StoreReply.FromValue(entry.Field), StoreReply.FromValue(entry.Value));

    private static StoreReply FromEntry(SortedSetEntry entry) => StoreReply.Array(StoreReply.FromValue(entry.Member), StoreReply.FromValue(entry.Score));

    private static Func<T?, StoreReply> Optional<T>(Func<T, StoreReply> convert)
        where T : struct => value => value is { } something ? convert(something) : StoreReply.Null;

    private abstract class Comparable
    {
        public abstract bool Is(StoreCommand command);

        public abstract StoreReply Read(PendingReply place);

        public abstract Task<StoreReply> SendAsync(IKeyValueStore store, StoreCommand command, CancellationToken cancellationToken);
    }

    private sealed class Comparable<T>(Func<T, StoreReply> convert) : Comparable
    {
        public override bool Is(StoreCommand command) => command is StoreCommand<T>;

        public override StoreReply Read(PendingReply place) => convert(((PendingReply<T>)place).Value);

        public override async Task<StoreReply> SendAsync(IKeyValueStore store, StoreCommand command, CancellationToken cancellationToken) =>
            convert(await store.SendAsync((StoreCommand<T>)command, cancellationToken).ConfigureAwait(false));
    }
}
