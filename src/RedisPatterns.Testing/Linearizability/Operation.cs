namespace RedisPatterns.Testing;

/// <summary>One operation of a concurrent history: what a client asked, when, and what it was answered.</summary>
/// <typeparam name="TInput">What is asked.</typeparam>
/// <typeparam name="TOutput">What is answered.</typeparam>
/// <remarks>Moments are ticks of one counter that all clients share, so that they order calls and returns.</remarks>
public sealed record Operation<TInput, TOutput>
{
    /// <summary>An operation that was answered.</summary>
    /// <param name="client">Who asked.</param>
    /// <param name="input">What was asked.</param>
    /// <param name="called">When it was asked.</param>
    /// <param name="output">What was answered.</param>
    /// <param name="returned">When it was answered; after <paramref name="called"/>.</param>
    public Operation(int client, TInput input, long called, TOutput output, long returned)
        : this(client, input, called)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(returned, called);
        ArgumentOutOfRangeException.ThrowIfEqual(returned, long.MaxValue);
        Output = output;
        Returned = returned;
    }

    /// <summary>An operation that got no answer: a timeout, a lost connection.</summary>
    /// <param name="client">Who asked.</param>
    /// <param name="input">What was asked.</param>
    /// <param name="called">When it was asked.</param>
    public Operation(int client, TInput input, long called)
    {
        Client = client;
        Input = input;
        Called = called;
        Returned = long.MaxValue;
    }

    /// <summary>Who asked; for reading a history only.</summary>
    public int Client { get; }

    /// <summary>What was asked.</summary>
    public TInput Input { get; }

    /// <summary>What was answered; without meaning when <see cref="IsOutcomeKnown"/> is false.</summary>
    public TOutput? Output { get; }

    /// <summary>When it was asked.</summary>
    public long Called { get; }

    /// <summary>When it was answered; <see cref="long.MaxValue"/> when it never was.</summary>
    public long Returned { get; }

    /// <summary>Whether an answer came. If not, the operation may have taken effect at any moment after its call, or never.</summary>
    public bool IsOutcomeKnown => Returned != long.MaxValue;

    /// <summary>The client, the interval, the input and the output.</summary>
    public override string ToString() => IsOutcomeKnown
        ? $"client {Client} [{Called}, {Returned}] {Input} -> {Output}"
        : $"client {Client} [{Called}, ?] {Input} -> no answer";
}
