using System.Runtime.InteropServices;

namespace RedisPatterns.Tests.Entities;

/// <summary>
/// A store that sees the commands on parts: how many are unanswered at once, and how many of the arrays that they carried
/// are still referred to. It can hold the answers back, and can forget what is written.
/// </summary>
internal sealed class PartTrafficStore(IKeyValueStore inner, bool holds = false, bool forgets = false) : DelegatingKeyValueStore(inner, ownsInner: false)
{
    /// <summary>The part in hand, and one that a variable may still refer to when the compiler does not optimize.</summary>
    public const int Slack = 2;

    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _held = new();
    private readonly List<WeakReference> _arrays = [];

    public int Unanswered { get; private set; }

    public int GreatestUnanswered { get; private set; }

    public int GreatestAlive { get; private set; }

    public int Commands { get; private set; }

    public override async ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        Task answer;
        lock (_gate)
        {
            Commands++;
            GreatestUnanswered = Math.Max(GreatestUnanswered, ++Unanswered);
            if (command.Definition.Name == "SET")
            {
                Track(command[1]);
            }

            if (holds)
            {
                var held = new TaskCompletionSource();
                _held.Enqueue(held);
                answer = held.Task;
            }
            else
            {
                answer = Task.CompletedTask;
            }
        }

        await Task.Yield();
        await answer;
        var reply = forgets && command.Definition.Name == "SET" ? (TReply)(object)true : await Inner.SendAsync(command, cancellationToken);
        lock (_gate)
        {
            Unanswered--;
            if (reply is StoreValue { IsNull: false } value)
            {
                // What a server sends is in an array of its own.
                StoreValue copy = value.AsMemory().ToArray();
                Track(copy);
                return (TReply)(object)copy;
            }
        }

        return reply;
    }

    /// <summary>Lets the oldest command that is held go on.</summary>
    public bool Release()
    {
        lock (_gate)
        {
            return _held.TryDequeue(out var held) && held.TrySetResult();
        }
    }

    private void Track(StoreValue value)
    {
        GC.Collect();
        if (MemoryMarshal.TryGetArray(value.AsMemory(), out var segment))
        {
            _arrays.Add(new WeakReference(segment.Array));
        }

        GreatestAlive = Math.Max(GreatestAlive, _arrays.Count(item => item.IsAlive));
    }
}
