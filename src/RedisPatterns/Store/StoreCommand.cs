using System.Text;

namespace RedisPatterns;

/// <summary>One Redis operation as an immutable value. <see cref="StoreCommand{TReply}"/> adds the type of its reply.</summary>
/// <remarks>
/// Commands are made by the classes of <see cref="Commands"/>, which check what they are given, so that a command that
/// exists is well formed. The same command runs singly, in a <see cref="StorePipeline"/> or in an <see cref="AtomicBatch"/>.
/// </remarks>
public abstract class StoreCommand
{
    // The first two arguments lie in the command itself: most commands have no more, and so need no array.
    private readonly StoreValue _first;
    private readonly StoreValue _second;
    private readonly StoreValue[]? _all;

    private protected StoreCommand(CommandDefinition definition, StoreValue first, StoreValue second, int count)
    {
        Definition = definition;
        _first = first;
        _second = second;
        ArgumentCount = count;
    }

    private protected StoreCommand(CommandDefinition definition, StoreValue[] arguments)
    {
        Definition = definition;
        _all = arguments;
        ArgumentCount = arguments.Length;
    }

    /// <summary>The command's row in the command table.</summary>
    public CommandDefinition Definition { get; }

    /// <summary>The number of arguments, the name and subcommand not counted.</summary>
    public int ArgumentCount { get; }

    /// <summary>An argument as it is sent; keys are marked by <see cref="StoreValue.IsKey"/>.</summary>
    /// <param name="index">0 to <see cref="ArgumentCount"/> - 1.</param>
    public StoreValue this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)ArgumentCount, nameof(index));
            return _all is not null ? _all[index] : index == 0 ? _first : _second;
        }
    }

    /// <summary>The keys that the command names, in the order of its arguments.</summary>
    public IEnumerable<StoreKey> Keys
    {
        get
        {
            for (var i = 0; i < ArgumentCount; i++)
            {
                if (this[i].IsKey)
                {
                    yield return this[i].AsKey();
                }
            }
        }
    }

    /// <summary>A command with the same name, arguments and reply, and other keys.</summary>
    /// <param name="map">Gives the new key for each key.</param>
    public StoreCommand WithKeys(Func<StoreKey, StoreKey> map) => WithKeysCore(map);

    /// <summary>A place in which a pipeline or batch leaves this command's reply.</summary>
    public abstract PendingReply CreatePending();

    /// <summary>The command's name and keys; values are left out, so that it can be logged.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Definition.Name);
        for (var i = 0; i < ArgumentCount; i++)
        {
            text.Append(' ').Append(this[i].IsKey ? this[i].AsKey().ToString() : "?");
        }

        return text.ToString();
    }

    /// <summary>The same command with other arguments, whose reply is changed before it is read.</summary>
    internal abstract StoreCommand Rewrite(StoreValue[] arguments, Func<StoreReply, StoreReply>? reply);

    private protected abstract StoreCommand WithKeysCore(Func<StoreKey, StoreKey> map);

    private protected StoreValue[] MapKeys(Func<StoreKey, StoreKey> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var mapped = new StoreValue[ArgumentCount];
        for (var i = 0; i < mapped.Length; i++)
        {
            var argument = this[i];
            mapped[i] = argument.IsKey ? StoreValue.FromKey(map(argument.AsKey())) : argument;
        }

        return mapped;
    }
}
