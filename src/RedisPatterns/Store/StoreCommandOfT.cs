namespace RedisPatterns;

/// <summary>One Redis operation as an immutable value, typed by its reply.</summary>
/// <typeparam name="TReply">What the command answers.</typeparam>
public sealed class StoreCommand<TReply> : StoreCommand
{
    /// <summary>A command with one argument.</summary>
    /// <param name="definition">The row of the command table.</param>
    /// <param name="reader">Turns the server's reply into the typed one.</param>
    /// <param name="argument">The argument.</param>
    /// <exception cref="ArgumentException">The argument is null.</exception>
    public StoreCommand(CommandDefinition definition, ReplyReader<TReply> reader, StoreValue argument)
        : base(definition, Checked(argument), default, 1) => Reader = reader;

    /// <summary>A command with two arguments.</summary>
    /// <param name="definition">The row of the command table.</param>
    /// <param name="reader">Turns the server's reply into the typed one.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <exception cref="ArgumentException">An argument is null.</exception>
    public StoreCommand(CommandDefinition definition, ReplyReader<TReply> reader, StoreValue first, StoreValue second)
        : base(definition, Checked(first), Checked(second), 2) => Reader = reader;

    /// <summary>A command with any number of arguments.</summary>
    /// <param name="definition">The row of the command table.</param>
    /// <param name="reader">Turns the server's reply into the typed one.</param>
    /// <param name="arguments">The arguments; the array is not copied and must not change afterwards.</param>
    /// <exception cref="ArgumentException">An argument is null.</exception>
    public StoreCommand(CommandDefinition definition, ReplyReader<TReply> reader, StoreValue[] arguments)
        : base(definition, Checked(arguments)) => Reader = reader;

    /// <summary>Turns the server's reply into the typed one.</summary>
    public ReplyReader<TReply> Reader { get; }

    /// <inheritdoc cref="StoreCommand.WithKeys"/>
    public new StoreCommand<TReply> WithKeys(Func<StoreKey, StoreKey> map) => new(Definition, Reader, MapKeys(map));

    /// <inheritdoc/>
    public override PendingReply<TReply> CreatePending() => new(this);

    internal override StoreCommand<TReply> Rewrite(StoreValue[] arguments, Func<StoreReply, StoreReply>? reply) =>
        new(Definition, reply is null ? Reader : original => Reader(reply(original)), arguments);

    private protected override StoreCommand WithKeysCore(Func<StoreKey, StoreKey> map) => WithKeys(map);

    private static StoreValue Checked(StoreValue argument) =>
        argument.IsNull ? throw new ArgumentException("An argument of a command must not be null.", nameof(argument)) : argument;

    private static StoreValue[] Checked(StoreValue[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        foreach (var argument in arguments)
        {
            Checked(argument);
        }

        return arguments;
    }
}
