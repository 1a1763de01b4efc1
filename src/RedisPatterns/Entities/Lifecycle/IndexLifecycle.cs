using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The states of a model's indexes in a keyspace.</summary>
internal sealed class IndexLifecycle<T>(EntityStorage<T> storage)
    where T : class
{
    private const int MaximumAttempts = 64;
    private const int EntitiesPerBatch = 200;

    private readonly EntityReindexer<T> _reindexer = new(storage);

    private EntitySchema<T> Schema => storage.Schema;

    private StoreKey Catalogue => storage.Keys.Catalogue;

    private StoreKey Pending => storage.Keys.Pending;

    /// <summary>Makes indexes answer that a script has found not to be ready, if there is anything to be done about it.</summary>
    /// <param name="indexes">The indexes; none for the list of entities.</param>
    /// <param name="attempt">Which time this is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IndexNotReadyException">One is being built, or is disabled.</exception>
    /// <exception cref="ModelException">One has another definition in the store.</exception>
    public async ValueTask ReadyAsync(IReadOnlyCollection<EntityIndex<T>> indexes, int attempt, CancellationToken cancellationToken)
    {
        var asked = indexes.Count == 0
            ? [(Place: -1, Name: "", Definition: IndexField.ListDefinition)]
            : indexes.Select(index => (Place: Schema.Indexes.IndexOf(index), index.Name, index.Definition)).ToArray();
        StoreValue[] fields = [.. asked.Select(index => (StoreValue)IndexField.OfDefinition(index.Definition))];
        var values = await storage.Store.SendAsync(Hashes.GetMany(Catalogue, fields), cancellationToken).ConfigureAwait(false);
        if (values.All(value => value.IsNull) && !await storage.Store.SendAsync(Commands.Keys.Exists(Catalogue), cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (values.Any(value => value.IsNull) && await AdoptAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        for (var i = 0; i < asked.Length; i++)
        {
            var value = values[i].AsText();
            if (value is not null && IndexField.DefinitionIn(value) != asked[i].Definition)
            {
                throw Schema.OtherDefinition(asked[i].Place);
            }

            var state = IndexField.StateOf(value);
            if (state != IndexState.Ready || attempt > MaximumAttempts)
            {
                throw new IndexNotReadyException(Schema.Name, asked[i].Name, state == IndexState.Ready ? IndexState.Building : state);
            }
        }

        for (var i = 0; i < asked.Length; i++)
        {
            if (values[i].AsText()![0] == IndexField.Pending)
            {
                await DrainAsync(fields[i].AsText()!, onDuplicate: null, cancellationToken).ConfigureAwait(false);
                await SettleAsync([new(fields[i], values[i])], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The holder of a unique value.</summary>
    public async ValueTask<StoreValue> HolderAsync(EntityIndex<T> index, StoreKey claims, string token, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // What is ready before and after was ready while the claim was read.
            var pipeline = new StorePipeline();
            var before = pipeline.Add(Hashes.Get(Catalogue, IndexField.OfDefinition(index.Definition)));
            var holder = pipeline.Add(Hashes.Get(claims, token));
            var after = pipeline.Add(Hashes.Get(Catalogue, IndexField.OfDefinition(index.Definition)));
            var isKnown = pipeline.Add(Commands.Keys.Exists(Catalogue));
            await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            if ((before.Value == after.Value && after.Value == IndexField.ReadyValue(index.Definition)) || !isKnown.Value)
            {
                return holder.Value;
            }

            await ReadyAsync([index], attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Indexes the entities that are pending in an index.</summary>
    /// <param name="field">The index by its field.</param>
    /// <param name="onDuplicate">Told of index and token where another entity holds a unique value; such stay pending.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask DrainAsync(string field, Action<string, string>? onDuplicate, CancellationToken cancellationToken)
    {
        var prefix = field[1..] + OrderedText.Separator;
        var passed = LexRange.StartingWith(prefix);
        while (true)
        {
            var page = await storage.Store.SendAsync(SortedSets.RangeByLex(Pending, passed, limit: RangeLimit.Take(EntitiesPerBatch)), cancellationToken).ConfigureAwait(false);
            if (page.Length == 0)
            {
                return;
            }

            string[] tokens = [.. page.Select(member => member.AsText()![prefix.Length..])];
            var report = await BulkRunner.RunAsync(tokens, (token, cancel) => IndexPendingAsync(token, onDuplicate, cancel), null, cancellationToken).ConfigureAwait(false);
            foreach (var result in report.Results)
            {
                if (result.Error is EntityException and not EntityBusyException)
                {
                    await ForgetUnreadableAsync(field, tokens[result.Index], cancellationToken).ConfigureAwait(false);
                }
                else if (result.Error is not null)
                {
                    throw result.Error;
                }
            }

            passed = new LexRange(page[^1], LexRange.StartingWith(prefix).Max, excludeMin: true, excludeMax: true);
        }
    }

    /// <summary>Says of indexes that they are ready, where they are still what they were and nothing is pending.</summary>
    /// <returns>The values of their fields afterwards.</returns>
    public async ValueTask<StoreValue[]> SettleAsync(IReadOnlyList<HashEntry> fields, CancellationToken cancellationToken) =>
        await storage.Store.EvaluateAsync(
            SettleScript.Script.With([Catalogue, Pending], ["r", .. fields.SelectMany(field => new[] { field.Field, field.Value })]), cancellationToken).ConfigureAwait(false);

    /// <summary>Has an index built again that answers: it was found to be wrong.</summary>
    public async ValueTask SuspendAsync(string index, CancellationToken cancellationToken)
    {
        var definition = Array.Find(Schema.Indexes.ToArray(), known => known.Name == index)!.Definition;
        var field = IndexField.OfDefinition(definition);
        var value = await storage.Store.SendAsync(Hashes.Get(Catalogue, field), cancellationToken).ConfigureAwait(false);
        if (IndexField.StateOf(value.AsText()) == IndexState.Ready)
        {
            await storage.Store.EvaluateAsync(SettleScript.Script.With([Catalogue, Pending], ["b", field, value]), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the model's indexes into the catalogue, and switches them.</summary>
    /// <param name="change">What to switch: see <see cref="DeclareScript"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The catalogue.</returns>
    /// <exception cref="ModelException">The store has an index with another definition; nothing was written.</exception>
    public ValueTask<Dictionary<string, string>> DeclareAsync(string change, CancellationToken cancellationToken) => DeclareAsync("B", change, cancellationToken);

    // What was written before there were states gets them.
    private async ValueTask<bool> AdoptAsync(CancellationToken cancellationToken)
    {
        var marks = await storage.Store.SendAsync(Hashes.GetMany(Catalogue, IndexField.List, IndexField.Plain), cancellationToken).ConfigureAwait(false);
        if (!marks[0].IsNull || !marks[1].IsNull)
        {
            return false;
        }

        await DeclareAsync("A", "", cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<Dictionary<string, string>> DeclareAsync(string mark, string change, CancellationToken cancellationToken)
    {
        var shape = Schema.Shape;
        var reply = await storage.Store.EvaluateAsync(DeclareScript.Script.With([Catalogue], [shape.Stamp, mark + shape.Registration, change]), cancellationToken).ConfigureAwait(false);
        if (reply.Items.Length > 0 && reply.Items[0].Kind == StoreReplyKind.Integer)
        {
            throw reply.Items[0].Value.AsInt64() == EntityWriteReply.OtherDefinition
                ? Schema.OtherDefinition((int)reply.Items[1].Value.AsInt64())
                : new StoreException($"{Schema.Name}: another set of indexes with the same stamp is in use; rename an index of one of them.");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < reply.Items.Length; i += 2)
        {
            fields[reply.Items[i].Value.AsText()!] = reply.Items[i + 1].Value.AsText()!;
        }

        return fields;
    }

    /// <summary>The indexes in the catalogue, and those of the model that are not in it yet.</summary>
    public async ValueTask<IReadOnlyList<IndexStatus>> StatesAsync(CancellationToken cancellationToken)
    {
        var entries = await storage.Store.SendAsync(Hashes.GetAll(Catalogue), cancellationToken).ConfigureAwait(false);
        var known = entries.Select(entry => (Field: entry.Field.AsText()!, Value: entry.Value.AsText())).Where(entry => entry.Field is ['#', _, ..]).ToDictionary(entry => entry.Field[1..], entry => entry.Value, StringComparer.Ordinal);
        string[] own = [.. Schema.Shape.Slots.Select(slot => slot.Name)];
        return [
            .. own.Select(name => new IndexStatus(name, entries.Length == 0 ? IndexState.Ready : IndexField.StateOf(known.GetValueOrDefault(name)), IsDeclared: true)),
            .. known.Where(index => Array.IndexOf(own, index.Key) < 0).OrderBy(index => index.Key, StringComparer.Ordinal).Select(index => new IndexStatus(index.Key, IndexField.StateOf(index.Value), IsDeclared: false)),
        ];
    }

    private async ValueTask<bool> IndexPendingAsync(string token, Action<string, string>? onDuplicate, CancellationToken cancellationToken)
    {
        var outcome = await _reindexer.RunAsync(token, extrasOf: null, cancellationToken).ConfigureAwait(false);
        foreach (var index in outcome.Duplicates)
        {
            onDuplicate?.Invoke(index, token);
        }

        return true;
    }

    // What can not be read can not be indexed. Whoever writes it afterwards is seen by the second attempt, or makes it pending again.
    private async ValueTask ForgetUnreadableAsync(string field, string token, CancellationToken cancellationToken)
    {
        await storage.Store.SendAsync(SortedSets.Remove(Pending, OrderedText.Member(field[1..], token)), cancellationToken).ConfigureAwait(false);
        try
        {
            await _reindexer.RunAsync(token, extrasOf: null, cancellationToken).ConfigureAwait(false);
        }
        catch (EntityException error) when (error is not EntityBusyException)
        {
            return;
        }
    }
}
