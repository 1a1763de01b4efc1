namespace RedisPatterns.Testing;

/// <summary>A command about whose reply a conformance test says what it expects.</summary>
/// <typeparam name="TReply">What the command answers.</typeparam>
public sealed class CommandExpectation<TReply>
{
    private readonly ConformanceContext _context;
    private readonly StoreCommand<TReply> _command;

    internal CommandExpectation(ConformanceContext context, StoreCommand<TReply> command)
    {
        _context = context;
        _command = command;
    }

    /// <summary>Sends the command and fails unless it answers this; lists are compared element by element.</summary>
    /// <param name="expected">The expected reply.</param>
    public async Task AnswersAsync(TReply expected) =>
        ValueComparison.ThrowUnlessEqual(expected, await _context.SendAsync(_command).ConfigureAwait(false), _context.Describe(_command));

    /// <summary>Sends the command and fails unless its reply is as told.</summary>
    /// <param name="isRight">Looks at the reply.</param>
    /// <param name="what">What is expected of it.</param>
    public async Task AnswersAsync(Func<TReply, bool> isRight, string what)
    {
        ArgumentNullException.ThrowIfNull(isRight);
        var reply = await _context.SendAsync(_command).ConfigureAwait(false);
        if (!isRight(reply))
        {
            throw new ConformanceFailedException($"{_context.Describe(_command)}: expected {what}, was {ValueComparison.Describe(reply)}");
        }
    }

    /// <summary>Sends the command and fails unless it fails with an error of this type.</summary>
    /// <typeparam name="TException">The type.</typeparam>
    /// <returns>The error.</returns>
    public async Task<TException> FailsAsync<TException>()
        where TException : StoreException
    {
        TReply reply;
        try
        {
            reply = await _context.SendAsync(_command).ConfigureAwait(false);
        }
        catch (TException expected)
        {
            return expected;
        }
        catch (StoreException other)
        {
            throw new ConformanceFailedException(
                $"{_context.Describe(_command)}: expected {typeof(TException).Name}, got {other.GetType().Name}: {other.Message}", other);
        }

        throw new ConformanceFailedException(
            $"{_context.Describe(_command)}: expected {typeof(TException).Name}, it answered {ValueComparison.Describe(reply)}");
    }

    internal async Task ReadInAnyOrderAsync<T>(T[] expected)
    {
        var reply = await _context.SendAsync(_command).ConfigureAwait(false);
        ValueComparison.ThrowUnlessSameElements([.. expected], [.. (IEnumerable<T>)reply!], _context.Describe(_command));
    }
}
