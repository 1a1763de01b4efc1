using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using RedisPatterns.Commands;
using RedisPatterns.StackExchangeRedis;

namespace RedisPatterns.Testing.Tests.Faults;

/// <summary>A process that waits for a lock, tells its token, and writes under it until it is killed, or told that the lease is lost.</summary>
internal sealed class LockHolder : IDisposable
{
    private const string Switch = "REDISPATTERNS_HOLD_A_LOCK";
    private const string Lost = "lost";
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMilliseconds(2);

    private readonly Process _process;

    private LockHolder(Process process) => _process = process;

    /// <summary>What holders write, in the order in which it was admitted: their tokens.</summary>
    public static StoreKey Log => "{held}:log";

    public static LockOptions Options { get; } = new() { Lifetime = TimeSpan.FromMilliseconds(400), Rest = TimeSpan.FromMilliseconds(20) };

    /// <summary>This assembly, run as a program of its own.</summary>
    public static LockHolder Start(string address) => new(Process.Start(new ProcessStartInfo("dotnet", [typeof(LockHolder).Assembly.Location])
    {
        RedirectStandardOutput = true,
        Environment = { [Switch] = address },
    })!);

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The entry point belongs to the test framework.")]
    internal static void HoldWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Switch) is { } address)
        {
            Hold(address);
            Environment.Exit(0);
        }
    }

    public async Task<long> TokenAsync(CancellationToken cancellationToken) =>
        long.Parse((await _process.StandardOutput.ReadLineAsync(cancellationToken))!, CultureInfo.InvariantCulture);

    public async Task<bool> IsToldThatItIsLostAsync(CancellationToken cancellationToken) => await _process.StandardOutput.ReadLineAsync(cancellationToken) == Lost;

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Lets it stand still, or go on.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // Other threads may not use this assembly before it is initialized: nothing goes on behind an await of its own.
    private static void Hold(string address)
    {
        var store = Result(RedisKeyValueStore.ConnectAsync(address));
        var lease = Result(store.Keyspace("held").Lock("import", Options).AcquireAsync("a").AsTask());
        Console.WriteLine(lease.FencingToken.ToString(CultureInfo.InvariantCulture));
        while (true)
        {
            var batch = new AtomicBatch().When(lease.Condition);
            batch.Add(Lists.RightPush(Log, lease.FencingToken));
            if (!Result(store.CommitAsync(batch).AsTask()).IsCommitted)
            {
                Console.WriteLine(Lost);
                return;
            }

            Task.Delay(BetweenWrites, TimeProvider.System).GetAwaiter().GetResult();
        }
    }

    private static T Result<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
