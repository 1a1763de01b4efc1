using System.Collections.Concurrent;

namespace RedisPatterns.Testing;

/// <summary>Writes down what concurrent clients ask and are answered. Thread-safe.</summary>
/// <typeparam name="TInput">What is asked.</typeparam>
/// <typeparam name="TOutput">What is answered.</typeparam>
public sealed class HistoryRecorder<TInput, TOutput>
{
    private readonly ConcurrentQueue<Operation<TInput, TOutput>> _operations = new();
    private long _clock;

    /// <summary>What was written down, by the time of its call. Read it when all clients are done.</summary>
    public IReadOnlyList<Operation<TInput, TOutput>> History => [.. _operations.OrderBy(operation => operation.Called)];

    /// <summary>Carries out an operation and writes it down.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="input">What is asked.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>Whether an answer came: false after <see cref="StoreTimeoutException"/> or <see cref="StoreConnectionException"/>. Other exceptions pass through.</returns>
    public async Task<bool> RunAsync(int client, TInput input, Func<Task<TOutput>> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var called = Interlocked.Increment(ref _clock);
        try
        {
            var output = await operation().ConfigureAwait(false);
            var returned = Interlocked.Increment(ref _clock);
            _operations.Enqueue(new(client, input, called, output, returned));
            return true;
        }
        catch (StoreException e) when (e is StoreTimeoutException or StoreConnectionException)
        {
            _operations.Enqueue(new(client, input, called));
            return false;
        }
    }
}
