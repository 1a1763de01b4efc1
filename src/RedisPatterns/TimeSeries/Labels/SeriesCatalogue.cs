using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>Which series a set has.</summary>
internal sealed class SeriesCatalogue(Keyspace keyspace, string set, bool mustBeDeclared)
{
    private const int PageSize = 256;

    private readonly Repository<SeriesEntry, SeriesModel> _entries = keyspace.Repository<SeriesEntry, SeriesModel>(new SeriesModel(set));

    /// <summary>Declares a series, or gives one that is there other labels. One or two round trips.</summary>
    /// <returns>Whether it was not there.</returns>
    public async ValueTask<bool> DeclareAsync(string series, SortedDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var entry = new SeriesEntry(series, labels);
        try
        {
            await _entries.InsertAsync(entry, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (EntityExistsException)
        {
            await _entries.UpsertAsync(entry, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>Declares those of some series that are missing, where adding may do that. One round trip for a single one, which is known to be missing; else one to look, and as a rule one more.</summary>
    /// <exception cref="SeriesNotFoundException">Series must be declared.</exception>
    public async ValueTask DeclareMissingAsync(IReadOnlyList<string> series, CancellationToken cancellationToken)
    {
        if (mustBeDeclared)
        {
            throw new SeriesNotFoundException($"{set}: there is no series of that name, and they must be declared.");
        }

        var areThere = series.Count > 1 ? await _entries.ExistManyAsync(series, cancellationToken).ConfigureAwait(false) : [false];
        SeriesEntry[] missing = [.. series.Where((_, i) => !areThere[i]).Select(name => new SeriesEntry(name, new(StringComparer.Ordinal)))];
        var report = await _entries.InsertManyAsync(missing, cancellationToken: cancellationToken).ConfigureAwait(false);

        // Of those that are there now another was quicker.
        if (report.Results.Select(result => result.Error).FirstOrDefault(error => error is not (null or EntityExistsException)) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>A series by its name. One round trip.</summary>
    public ValueTask<SeriesEntry?> FindAsync(string series, CancellationToken cancellationToken) => _entries.GetAsync(series, cancellationToken);

    /// <summary>Forgets a series. One round trip.</summary>
    public ValueTask<bool> ForgetAsync(string series, CancellationToken cancellationToken) => _entries.DeleteAsync(series, cancellationToken: cancellationToken);

    /// <summary>The series that a filter means, page by page; each page a round trip or a few.</summary>
    public async IAsyncEnumerable<IReadOnlyList<SeriesEntry>> PagesAsync(SeriesFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = filter.On(_entries.Model) is { } on ? _entries.Query(_ => on) : _entries.Query().OrderBy(model => model.ByName);
        string? cursor = null;
        do
        {
            var page = await query.ToPageAsync(PageSize, cursor, cancellationToken).ConfigureAwait(false);
            if (page.Items.Count > 0)
            {
                yield return page.Items;
            }

            cursor = page.Cursor;
        }
        while (cursor is not null);
    }
}
