using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What a conformance test works with: a store, keys of its own, and a way to let time pass.</summary>
public sealed class ConformanceContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private const int KeysPerPage = 1_000;
    private readonly SendMode _mode;
    private readonly ManualTimeProvider? _clock;
    private readonly string _tag = $"c{Guid.NewGuid():N}";

    internal ConformanceContext(string backend, StoreLease lease, SendMode mode, CancellationToken cancellationToken)
    {
        Backend = backend;
        _mode = mode;
        _clock = lease.Clock;
        Store = new CapabilityGuardStore(lease.Store);
        CancellationToken = cancellationToken;
    }

    /// <summary>The name of the backend.</summary>
    public string Backend { get; }

    /// <summary>The store. A command that it lacks by its <see cref="StoreCapabilities"/> ends the test as skipped.</summary>
    public IKeyValueStore Store { get; }

    /// <summary>The clock that the store's keys expire by, if it is one that tests may move.</summary>
    internal ManualTimeProvider? Clock => _clock;

    /// <summary>How the entities of the test lie in the store.</summary>
    internal EntityLayout Layout { get; set; } = ConformanceLayouts.Document;

    /// <summary>The partitions that the entities of the test are spread over; null for a keyspace of its own.</summary>
    internal PartitionedKeyspace? Partitioned { get; private set; }

    /// <summary>Ends when the test does.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The time by which the store's keys expire: that of its clock, or of this machine, which servers may differ from by seconds.</summary>
    public DateTimeOffset Now => (_clock ?? TimeProvider.System).GetUtcNow();

    /// <summary>The hash tag of this test's keys, without its braces: no other test has it.</summary>
    public string Tag => _tag;

    /// <summary>A key of this test; all of them share a hash slot.</summary>
    /// <param name="name">The name of the key within the test.</param>
    public StoreKey Key(string name) => $"{{{_tag}}}:{name}";

    /// <summary>A repository of this test's entities.</summary>
    internal Repository<T, TModel> Repository<T, TModel>(TModel model)
        where T : class
        where TModel : EntityModelBase<T> => Partitioned is { } keyspace ? keyspace.Repository<T, TModel>(model) : Store.Keyspace(Tag).Repository<T, TModel>(model);

    internal async Task SpreadAsync(int partitions) =>
        Partitioned = await Store.OpenPartitionedKeyspaceAsync(Tag, new PartitionedKeyspaceOptions { Partitions = partitions }, CancellationToken).ConfigureAwait(false);

    /// <summary>A key of this test that lies in another hash slot than <see cref="Key"/>.</summary>
    /// <param name="name">The name of the key within the test.</param>
    public StoreKey KeyOfAnotherSlot(string name)
    {
        for (var i = 0; ; i++)
        {
            StoreKey key = $"{{{_tag}/{i}}}:{name}";
            if (HashSlot.Of(key) != HashSlot.Of(Key(name)))
            {
                return key;
            }
        }
    }

    /// <summary>Sends a command in the way that the test is run in.</summary>
    /// <typeparam name="TReply">What it answers.</typeparam>
    /// <param name="command">The command.</param>
    /// <returns>The reply.</returns>
    /// <exception cref="StoreException">The command failed.</exception>
    public async Task<TReply> SendAsync<TReply>(StoreCommand<TReply> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        switch (_mode)
        {
            case SendMode.Pipeline:
                var pipeline = new StorePipeline();
                var reply = pipeline.Add(command);
                await Store.SendAsync(pipeline, CancellationToken).ConfigureAwait(false);
                return reply.Value;
            case SendMode.Batch when (command.Definition.Traits & (CommandTraits.NotInBatch | CommandTraits.Keyless)) == 0:
                var batch = new AtomicBatch();
                var pending = batch.Add(command);
                var result = await CommitAsync(batch).ConfigureAwait(false);
                return result?.Status switch
                {
                    null => throw new ConformanceSkippedException($"{Backend} lacks {StoreFeatures.Scripts}, and without them {command.Definition.Name} in a batch"),
                    CommitStatus.Committed => pending.Value,
                    CommitStatus.CommandFailed when result.Index == 0 && result.Error is { } error => throw error,
                    _ => throw new ConformanceFailedException($"{Describe(command)}: the batch ended as {result}"),
                };
            default:
                return await Store.SendAsync(command, CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends commands that are to succeed, one after the other; their replies do not matter.</summary>
    /// <param name="commands">The commands.</param>
    /// <exception cref="StoreException">A command failed.</exception>
    public async Task GivenAsync(params StoreCommand[] commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var pipeline = new StorePipeline();
        foreach (var command in commands)
        {
            pipeline.Add(command);
        }

        await Store.SendAsync(pipeline, CancellationToken).ConfigureAwait(false);
        pipeline.ThrowIfAnyFailed();
    }

    /// <summary>Commits a batch. A store without <see cref="StoreFeatures.Scripts"/> may refuse it with <see cref="UnsupportedCommandException"/>.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The result, or null when the store has no scripts and refuses the batch; then it must have written nothing.</returns>
    public async Task<CommitResult?> CommitAsync(AtomicBatch batch)
    {
        try
        {
            return await Store.CommitAsync(batch, CancellationToken).ConfigureAwait(false);
        }
        catch (UnsupportedCommandException) when (!Store.Capabilities.Has(StoreFeatures.Scripts))
        {
            return null;
        }
    }

    /// <summary>Begins an expectation of a command's reply.</summary>
    /// <typeparam name="TReply">What it answers.</typeparam>
    /// <param name="command">The command.</param>
    public CommandExpectation<TReply> Expect<TReply>(StoreCommand<TReply> command) => new(this, command);

    /// <summary>Lets the store's time pass until something holds: moves its clock on, or asks a server again and again.</summary>
    /// <param name="condition">What is to hold.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="ConformanceFailedException">It did not hold within five seconds.</exception>
    public Task UntilAsync(Func<Task<bool>> condition, string what) => UntilAsync(condition, what, _clock);

    /// <summary>Waits until something holds that others are about to do; the store's time stands still, if it can.</summary>
    internal Task UntilOthersAsync(Func<Task<bool>> condition, string what) => UntilAsync(condition, what, null);

    private async Task UntilAsync(Func<Task<bool>> condition, string what, ManualTimeProvider? clock)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var start = TimeProvider.System.GetTimestamp();
        var passed = TimeSpan.Zero;
        while (!await condition().ConfigureAwait(false))
        {
            if (passed > Patience || TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                throw new ConformanceFailedException($"Waited {Patience} for: {what}");
            }

            if (clock is not null)
            {
                clock.Advance(Step);
                passed += Step;
            }
            else
            {
                await Task.Delay(Step, TimeProvider.System, CancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends the test as skipped.</summary>
    /// <param name="reason">What the store lacks.</param>
    /// <exception cref="ConformanceSkippedException">Always.</exception>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void Skip(string reason) => throw new ConformanceSkippedException($"{Backend}: {reason}");

    // Many tests share a server: whoever looks at all of its keys would look at those of every test before.
    internal async Task DeleteKeysAsync()
    {
        var pattern = $"{{{_tag}*";
        await foreach (var keys in Store.ScanKeysAsync(pattern, KeysPerPage, CancellationToken).Chunk(KeysPerPage).ConfigureAwait(false))
        {
            var pipeline = new StorePipeline();
            foreach (var key in keys)
            {
                pipeline.Add(Keys.Unlink(key));
            }

            await Store.SendAsync(pipeline, CancellationToken).ConfigureAwait(false);
        }
    }

    internal string Describe(StoreCommand command) => $"{command.ToString().Replace($"{{{_tag}}}:", "", StringComparison.Ordinal)} ({Backend}, {_mode})";
}
