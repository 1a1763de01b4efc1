using System.Globalization;

namespace RedisPatterns.Commands;

/// <summary>The id that a new stream entry gets. <c>default</c> is <see cref="Auto"/>.</summary>
public readonly record struct StreamNewId
{
    private readonly Mode _mode;
    private readonly StreamId _id;

    private StreamNewId(Mode mode, StreamId id)
    {
        _mode = mode;
        _id = id;
    }

    private enum Mode
    {
        Auto,
        AutoSequence,
        Given,
    }

    /// <summary>By the server's clock, and always after the last one. <c>*</c>.</summary>
    public static StreamNewId Auto => default;

    /// <summary>The given milliseconds, with the next free sequence number. <c>ms-*</c>.</summary>
    /// <param name="milliseconds">The milliseconds; not before those of the last entry.</param>
    public static StreamNewId At(ulong milliseconds) => new(Mode.AutoSequence, new(milliseconds, 0));

    /// <summary>The given id; it must come after the last one of the stream.</summary>
    /// <param name="id">The id; not <see cref="StreamId.Zero"/>.</param>
    public static StreamNewId Given(StreamId id) => id == StreamId.Zero
        ? throw new ArgumentOutOfRangeException(nameof(id), "The id of an entry is greater than 0-0.")
        : new(Mode.Given, id);

    /// <summary>The given id.</summary>
    /// <param name="id">The id; not <see cref="StreamId.Zero"/>.</param>
    public static implicit operator StreamNewId(StreamId id) => Given(id);

    internal StoreValue Argument => _mode switch
    {
        Mode.Auto => "*",
        Mode.AutoSequence => string.Create(CultureInfo.InvariantCulture, $"{_id.Milliseconds}-*"),
        _ => _id.ToString(),
    };
}
