using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace RedisPatterns.Tests.Entities.Bulk;

/// <summary>Numbers for a stream: as many as were offered, one after the other. Says what was done to it.</summary>
internal sealed class Source
{
    private readonly Channel<int> _offered = Channel.CreateUnbounded<int>(new() { AllowSynchronousContinuations = true });

    public int Taken { get; private set; }

    public bool IsClosed { get; private set; }

    public bool HeedsCancellation { get; init; } = true;

    public void Offer(params IEnumerable<int> items)
    {
        foreach (var item in items)
        {
            Assert.True(_offered.Writer.TryWrite(item));
        }
    }

    public void End(Exception? error = null) => _offered.Writer.Complete(error);

    public async IAsyncEnumerable<int> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            while (await _offered.Reader.WaitToReadAsync(HeedsCancellation ? cancellationToken : CancellationToken.None))
            {
                Assert.True(_offered.Reader.TryRead(out var item));
                Taken++;
                yield return item;
            }
        }
        finally
        {
            IsClosed = true;
        }
    }
}
