using System.Diagnostics.CodeAnalysis;

namespace RedisPatterns;

/// <summary>Reads the totals and extremes that a model declares.</summary>
/// <remarks>
/// Each read tells what is true of one moment, of entities that have expired none; if some have that nobody has swept, the
/// reader sweeps them first. While an index is being built, reads of it are refused with <see cref="IndexNotReadyException"/>.
/// In a partitioned keyspace all partitions are read at once and added up, each as it is in a moment of its own.
/// </remarks>
public static class RepositoryTotalExtensions
{
    /// <summary>The most periods of one call.</summary>
    private const int GreatestPeriodCount = 10_000;

    /// <summary>The total of all entities. One round trip.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TNumber">The type of the total.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="total">Names the total.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="IndexNotReadyException">It is being counted, or is disabled.</exception>
    public static async ValueTask<TNumber> TotalAsync<T, TModel, TNumber>(this Repository<T, TModel> repository, Func<TModel, EntityTotal<T, TNumber>> total, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct
    {
        var index = IndexOf(repository, total);
        return (await ReadAsync(repository, index, index.Unit, reader => [reader.KeyOf(index)], [KeyGrammar.Escape("")], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>The total of a group. One round trip.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <typeparam name="TNumber">The type of the total.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="total">Names the total.</param>
    /// <param name="group">The group; null has no entities.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The total; 0 for a group without entities.</returns>
    /// <exception cref="IndexNotReadyException">It is being counted, or is disabled.</exception>
    public static async ValueTask<TNumber> TotalAsync<T, TModel, TGroup, TNumber>(this Repository<T, TModel> repository, Func<TModel, GroupTotal<T, TGroup, TNumber>> total, TGroup group, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct =>
        (await TotalsAsync(repository, total, [group], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>The totals of some groups. One round trip for a thousand of them.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <typeparam name="TNumber">The type of the total.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="total">Names the total.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The totals in the order of the groups; 0 for one without entities.</returns>
    /// <exception cref="IndexNotReadyException">It is being counted, or is disabled.</exception>
    public static async ValueTask<IReadOnlyList<TNumber>> TotalsAsync<T, TModel, TGroup, TNumber>(this Repository<T, TModel> repository, Func<TModel, GroupTotal<T, TGroup, TNumber>> total, IReadOnlyList<TGroup> groups, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct
    {
        ArgumentNullException.ThrowIfNull(groups);
        var index = IndexOf(repository, total);
        return await ReadAsync(repository, index, index.Unit, reader => [reader.KeyOf(index)], [.. groups.Select(group => Field(index.TokenOf(group)))], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The totals of all groups that have one other than 0. One round trip for about a thousand groups; a call that takes several sees each page in a moment of its own.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TGroup">The type of the groups: a text, number, date, duration, enum, bool, Guid, or a tuple of these.</typeparam>
    /// <typeparam name="TNumber">The type of the total.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="total">Names the total.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The groups in no order.</returns>
    /// <exception cref="IndexNotReadyException">It is being counted, or is disabled.</exception>
    /// <exception cref="NotSupportedException">Groups of the type can not be listed.</exception>
    public static async ValueTask<IReadOnlyList<GroupValue<TGroup, TNumber>>> TotalsAsync<T, TModel, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TGroup, TNumber>(
        this Repository<T, TModel> repository, Func<TModel, GroupTotal<T, TGroup, TNumber>> total, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct
    {
        var index = IndexOf(repository, total);
        return await ListAsync<T, TModel, TGroup, TNumber>(repository, index, index.Unit, reader => reader.KeyOf(index), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many groups have a total other than 0: for a count, how many different values there are. One round trip.</summary>
    /// <remarks>In a partitioned keyspace all groups are listed, since one can lie in several partitions.</remarks>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <typeparam name="TNumber">The type of the total.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="total">Names the total.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="IndexNotReadyException">It is being counted, or is disabled.</exception>
    public static async ValueTask<long> CountGroupsAsync<T, TModel, TGroup, TNumber>(this Repository<T, TModel> repository, Func<TModel, GroupTotal<T, TGroup, TNumber>> total, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct
    {
        var index = IndexOf(repository, total);
        if (repository.Storages.ArePartitions)
        {
            return (await AllAsync(repository, index, reader => reader.KeyOf(index), cancellationToken).ConfigureAwait(false)).Count(entry => entry.Value != 0);
        }

        var reader = new TotalReader<T>(repository.Storages.First);
        return await reader.CountGroupsAsync(index, reader.KeyOf(index), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The total in the period that a moment lies in. One round trip.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TNumber">The type of the total.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="total">Names the total.</param>
    /// <param name="moment">A moment of the period.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The total; 0 for a period without entities.</returns>
    /// <exception cref="IndexNotReadyException">It is being counted, or is disabled.</exception>
    public static async ValueTask<TNumber> TotalAsync<T, TModel, TNumber>(this Repository<T, TModel> repository, Func<TModel, PeriodTotal<T, TNumber>> total, DateTimeOffset moment, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct =>
        (await TotalsAsync(repository, total, moment, moment, cancellationToken).ConfigureAwait(false))[0].Value;

    /// <summary>The totals of the periods from one moment to another. One round trip for a thousand periods.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TNumber">The type of the total.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="total">Names the total.</param>
    /// <param name="from">A moment of the first period.</param>
    /// <param name="to">A moment of the last period.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The totals, of every period one; 0 for one without entities.</returns>
    /// <exception cref="ArgumentException">The end is before the beginning, or there are more than 10,000 periods; nothing was sent.</exception>
    /// <exception cref="IndexNotReadyException">It is being counted, or is disabled.</exception>
    public static async ValueTask<IReadOnlyList<PeriodValue<TNumber>>> TotalsAsync<T, TModel, TNumber>(this Repository<T, TModel> repository, Func<TModel, PeriodTotal<T, TNumber>> total, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct
    {
        var index = IndexOf(repository, total);
        return await ReadPeriodsAsync(repository, index, index.Unit, index.Period, KeyGrammar.Escape(""), from, to, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The total of a group in the period that a moment lies in. One round trip.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <typeparam name="TNumber">The type of the total.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="total">Names the total.</param>
    /// <param name="group">The group; null has no entities.</param>
    /// <param name="moment">A moment of the period.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The total; 0 for a group without entities in the period.</returns>
    /// <exception cref="IndexNotReadyException">It is being counted, or is disabled.</exception>
    public static async ValueTask<TNumber> TotalAsync<T, TModel, TGroup, TNumber>(this Repository<T, TModel> repository, Func<TModel, PeriodGroupTotal<T, TGroup, TNumber>> total, TGroup group, DateTimeOffset moment, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct =>
        (await TotalsAsync(repository, total, group, moment, moment, cancellationToken).ConfigureAwait(false))[0].Value;

    /// <summary>The totals of a group in the periods from one moment to another. One round trip for a thousand periods.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <typeparam name="TNumber">The type of the total.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="total">Names the total.</param>
    /// <param name="group">The group; null has no entities.</param>
    /// <param name="from">A moment of the first period.</param>
    /// <param name="to">A moment of the last period.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The totals, of every period one; 0 for one without entities.</returns>
    /// <exception cref="ArgumentException">The end is before the beginning, or there are more than 10,000 periods; nothing was sent.</exception>
    /// <exception cref="IndexNotReadyException">It is being counted, or is disabled.</exception>
    public static async ValueTask<IReadOnlyList<PeriodValue<TNumber>>> TotalsAsync<T, TModel, TGroup, TNumber>(this Repository<T, TModel> repository, Func<TModel, PeriodGroupTotal<T, TGroup, TNumber>> total, TGroup group, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct
    {
        var index = IndexOf(repository, total);
        return await ReadPeriodsAsync(repository, index, index.Unit, index.Period, Field(index.TokenOf(group)), from, to, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The totals of all groups that have one other than 0 in the period that a moment lies in. One round trip for about a thousand groups; a call that takes several sees each page in a moment of its own.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TGroup">The type of the groups: a text, number, date, duration, enum, bool, Guid, or a tuple of these.</typeparam>
    /// <typeparam name="TNumber">The type of the total.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="total">Names the total.</param>
    /// <param name="moment">A moment of the period.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The groups in no order.</returns>
    /// <exception cref="IndexNotReadyException">It is being counted, or is disabled.</exception>
    /// <exception cref="NotSupportedException">Groups of the type can not be listed.</exception>
    public static async ValueTask<IReadOnlyList<GroupValue<TGroup, TNumber>>> TotalsAsync<T, TModel, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TGroup, TNumber>(
        this Repository<T, TModel> repository, Func<TModel, PeriodGroupTotal<T, TGroup, TNumber>> total, DateTimeOffset moment, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct
    {
        var index = IndexOf(repository, total);
        return await ListAsync<T, TModel, TGroup, TNumber>(repository, index, index.Unit, reader => reader.KeyOf(index, index.Period, moment), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The least and the greatest value of all entities. One round trip.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="extremes">Names the index.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The two; null when no entity has a value.</returns>
    /// <exception cref="IndexNotReadyException">It is being built, or is disabled.</exception>
    public static ValueTask<Extremes<TValue>?> ExtremesAsync<T, TModel, TValue>(this Repository<T, TModel> repository, Func<TModel, EntityExtremes<T, TValue>> extremes, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T> =>
        ReadEndsAsync<T, TModel, TValue>(repository, IndexOf(repository, extremes), "", cancellationToken);

    /// <summary>The least and the greatest value of the entities of a group. One round trip.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="extremes">Names the index.</param>
    /// <param name="group">The group; null has no entities.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The two; null when no entity of the group has a value.</returns>
    /// <exception cref="IndexNotReadyException">It is being built, or is disabled.</exception>
    public static ValueTask<Extremes<TValue>?> ExtremesAsync<T, TModel, TGroup, TValue>(this Repository<T, TModel> repository, Func<TModel, GroupExtremes<T, TGroup, TValue>> extremes, TGroup group, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModelBase<T>
    {
        var index = IndexOf(repository, extremes);
        return index.PrefixOfGroup(group) is { } prefix ? ReadEndsAsync<T, TModel, TValue>(repository, index, prefix, cancellationToken) : new((Extremes<TValue>?)null);
    }

    // Empty is no token: a group that is null has no field.
    private static StoreValue Field(string? token) => token ?? "";

    private static TIndex IndexOf<T, TModel, TIndex>(Repository<T, TModel> repository, Func<TModel, TIndex> index)
        where T : class
        where TModel : EntityModelBase<T>
        where TIndex : EntityIndex<T>
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(index);
        var found = index(repository.Model);
        ArgumentNullException.ThrowIfNull(found, nameof(index));
        return ReferenceEquals(found.Model, repository.Model) ? found : throw new ModelException($"{found}: the index is one of another model.");
    }

    private static async ValueTask<TNumber[]> ReadAsync<T, TModel, TNumber>(
        Repository<T, TModel> repository, EntityIndex<T> index, TotalUnit<TNumber> unit, Func<TotalReader<T>, StoreKey[]> keys, StoreValue[] groups, CancellationToken cancellationToken)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct
    {
        var parts = await OfEachAsync(repository, reader => reader.ReadAsync(index, keys(reader), groups, cancellationToken)).ConfigureAwait(false);
        var totals = parts[0];
        foreach (var part in parts.AsSpan(1))
        {
            for (var i = 0; i < totals.Length; i++)
            {
                totals[i] = checked(totals[i] + part[i]);
            }
        }

        return Array.ConvertAll(totals, unit.Read);
    }

    private static async ValueTask<IReadOnlyList<PeriodValue<TNumber>>> ReadPeriodsAsync<T, TModel, TNumber>(
        Repository<T, TModel> repository, EntityIndex<T> index, TotalUnit<TNumber> unit, Period period, StoreValue group, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct
    {
        var starts = period.Between(from, to, GreatestPeriodCount);
        var totals = await ReadAsync(repository, index, unit, reader => [.. starts.Select(start => reader.KeyOf(index, period, start))], [group], cancellationToken).ConfigureAwait(false);
        return [.. starts.Select((start, i) => new PeriodValue<TNumber>(start, totals[i]))];
    }

    private static async ValueTask<IReadOnlyList<GroupValue<TGroup, TNumber>>> ListAsync<T, TModel, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TGroup, TNumber>(
        Repository<T, TModel> repository, EntityIndex<T> index, TotalUnit<TNumber> unit, Func<TotalReader<T>, StoreKey> key, CancellationToken cancellationToken)
        where T : class
        where TModel : EntityModelBase<T>
        where TNumber : struct
    {
        var totals = await AllAsync(repository, index, key, cancellationToken).ConfigureAwait(false);
        var listed = new List<GroupValue<TGroup, TNumber>>(totals.Count);
        foreach (var (token, units) in totals)
        {
            if (units != 0)
            {
                listed.Add(new(GroupText.Read<TGroup>(token), unit.Read(units)));
            }
        }

        return listed;
    }

    private static async ValueTask<Dictionary<string, long>> AllAsync<T, TModel>(Repository<T, TModel> repository, EntityIndex<T> index, Func<TotalReader<T>, StoreKey> key, CancellationToken cancellationToken)
        where T : class
        where TModel : EntityModelBase<T>
    {
        var totals = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var storage in repository.Storages.All)
        {
            var reader = new TotalReader<T>(storage);
            await reader.AddAllAsync(index, key(reader), totals, cancellationToken).ConfigureAwait(false);
        }

        return totals;
    }

    private static async ValueTask<Extremes<TValue>?> ReadEndsAsync<T, TModel, TValue>(Repository<T, TModel> repository, EntityIndex<T> index, string prefix, CancellationToken cancellationToken)
        where T : class
        where TModel : EntityModelBase<T>
    {
        var parts = await OfEachAsync(repository, reader => reader.ReadEndsAsync(index, prefix, cancellationToken)).ConfigureAwait(false);
        var ends = parts.Where(part => part is not null).Select(part => part!.Value).ToList();

        // Texts in order are in the order of their UTF-8 bytes, which that of UTF-16 is not.
        var order = Comparer<string>.Create(static (one, other) => System.Text.Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(other)));
        return ends.Count == 0 ? null : new(OrderedTextReader.Read<TValue>(ends.Select(end => end.Least).Min(order)!), OrderedTextReader.Read<TValue>(ends.Select(end => end.Greatest).Max(order)!));
    }

    private static async ValueTask<TResult[]> OfEachAsync<T, TModel, TResult>(Repository<T, TModel> repository, Func<TotalReader<T>, ValueTask<TResult>> read)
        where T : class
        where TModel : EntityModelBase<T> => repository.Storages.All is [var only]
        ? [await read(new TotalReader<T>(only)).ConfigureAwait(false)]
        : await Task.WhenAll(repository.Storages.All.Select(storage => read(new TotalReader<T>(storage)).AsTask())).ConfigureAwait(false);
}
