namespace RedisPatterns.Testing.Tests.Faults;

/// <summary>Writes wares of its own until the server is gone, and knows what must be stored then.</summary>
internal sealed class KilledWriter(Repository<Ware, WareModel> wares, int number, int count)
{
    private readonly Ware?[] _stored = new Ware?[count];
    private readonly Random _random = new(number);
    private (int Place, Ware? Ware)? _last;
    private long _acknowledged;

    /// <summary>How many writes were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>How many writes have failed with the connection.</summary>
    public long Unknown { get; private set; }

    /// <summary>How many wares there are.</summary>
    public int Stored => _stored.Count(ware => ware is not null);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var place = _random.Next(count);
            var id = $"w{number}-{place}";
            var before = _stored[place];
            var next = before is not null && _random.Next(4) == 0 ? null : Ware.Random(id, _random) with { Version = before?.Version ?? 0 };
            _last = (place, next is null ? null : next with { Version = next.Version + 1 });
            try
            {
                if (next is null)
                {
                    await wares.DeleteAsync(id, cancellationToken: cancellationToken);
                }
                else
                {
                    await (before is null ? wares.InsertAsync(next, cancellationToken) : wares.UpdateAsync(next, cancellationToken));
                }
            }
            catch (StoreException)
            {
                // The server is gone, and with it the answer: what follows would fail alike.
                Unknown++;
                return;
            }

            _stored[place] = _last.Value.Ware;
            _last = null;
            Interlocked.Increment(ref _acknowledged);
        }
    }

    /// <summary>Compares what is stored with what was acknowledged; the last write may have come through or not.</summary>
    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        var read = await wares.GetManyAsync(Enumerable.Range(0, count).Select(place => $"w{number}-{place}"), cancellationToken);
        for (var place = 0; place < count; place++)
        {
            if (_last is { } last && last.Place == place && Equals(read[place], last.Ware))
            {
                _stored[place] = last.Ware;
            }

            Assert.Equal(_stored[place], read[place]);
        }

        _last = null;
    }
}
