using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Removes the indexes that only shapes name which no code has used for a while and no memo is of.</summary>
/// <remarks>
/// The index leaves the catalogue first, so that nobody takes it for ready; then its keys go, unlinked one by one, and the
/// pending entities in pieces; the shapes that name it go last, so that a stop in between is made up for by the next run.
/// </remarks>
internal sealed class IndexDrop<T>(EntityStorage<T> storage)
    where T : class
{
    private const int BucketsPerTrip = 64;
    private const int MembersPerTrip = 500;
    private const int ScanCount = 1_000;

    private EntityKeys Keys => storage.Keys;

    public async ValueTask<IReadOnlyList<string>> RunAsync(TimeSpan unusedFor, CancellationToken cancellationToken)
    {
        var catalogue = (await storage.Store.SendAsync(Hashes.GetAll(Keys.Catalogue), cancellationToken).ConfigureAwait(false))
            .ToDictionary(entry => entry.Field.AsText()!, entry => entry.Value.AsText()!, StringComparer.Ordinal);
        var shapes = catalogue.Where(entry => entry.Key[0] is not ('#' or '@')).ToDictionary(StringComparer.Ordinal);
        var kept = await UsedAsync(unusedFor, cancellationToken).ConfigureAwait(false);
        kept.UnionWith(await RememberedAsync(cancellationToken).ConfigureAwait(false));
        var needed = shapes.Where(shape => kept.Contains(shape.Key)).SelectMany(shape => IndexField.FieldsOf(shape.Value)).ToHashSet(StringComparer.Ordinal);
        needed.UnionWith(storage.Schema.Shape.Slots.Select(slot => "#" + slot.Name));
        needed.Add(IndexField.OfDefinition(IndexField.ListDefinition));
        var forms = shapes.Where(shape => !kept.Contains(shape.Key)).SelectMany(shape => shape.Value.Split('|', StringSplitOptions.RemoveEmptyEntries))
            .Concat(catalogue.Where(entry => entry.Key[0] == '#').Select(entry => IndexField.DefinitionIn(entry.Value)))
            .Where(slot => IndexField.IsDefinition(slot) && !needed.Contains(IndexField.OfDefinition(slot)))
            .GroupBy(IndexField.OfDefinition, StringComparer.Ordinal)
            .ToList();
        foreach (var index in forms)
        {
            await DropAsync(index.Key, index.Select(slot => (IndexForm)slot[0]).Distinct(), cancellationToken).ConfigureAwait(false);
        }

        if (forms.Count > 0)
        {
            // What a build has come to was the building of other indexes.
            await storage.Store.SendAsync(Commands.Keys.Delete((StoreKey)KeyGrammar.Build(storage.Keyspace.Tag, storage.Schema.Name)), cancellationToken).ConfigureAwait(false);
        }

        StoreValue[] gone = [.. shapes.Keys.Where(stamp => !kept.Contains(stamp)).Select(stamp => (StoreValue)stamp)];
        if (gone.Length > 0)
        {
            var pipeline = new StorePipeline();
            pipeline.Add(Hashes.Delete(Keys.Catalogue, gone));
            pipeline.Add(Hashes.Delete(KeyGrammar.Use(storage.Keyspace.Tag, storage.Schema.Name), gone));
            await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        }

        return [.. forms.Select(index => index.Key[1..]).Order(StringComparer.Ordinal)];
    }

    // What it holds, in all periods.
    private async ValueTask DropTotalAsync(string key, CancellationToken cancellationToken)
    {
        await storage.Store.SendAsync(Commands.Keys.Unlink((StoreKey)key), cancellationToken).ConfigureAwait(false);
        await UnlinkAsync(KeyGrammar.PeriodTotal(key, ""), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask UnlinkAsync(string prefix, CancellationToken cancellationToken)
    {
        await foreach (var key in storage.Store.ScanKeysAsync(KeyGrammar.GlobLiteral(prefix) + "*", ScanCount, cancellationToken).ConfigureAwait(false))
        {
            await storage.Store.SendAsync(Commands.Keys.Unlink(key), cancellationToken).ConfigureAwait(false);
        }
    }

    // The shapes that code has used of late; the own one among them.
    private async ValueTask<HashSet<string>> UsedAsync(TimeSpan unusedFor, CancellationToken cancellationToken)
    {
        var uses = await storage.Store.EvaluateAsync(
            UseScript.Script.With([KeyGrammar.Use(storage.Keyspace.Tag, storage.Schema.Name)], [storage.Schema.Shape.Stamp]), cancellationToken).ConfigureAwait(false);
        var used = new HashSet<string>(StringComparer.Ordinal) { storage.Schema.Shape.Stamp };
        for (var i = 0; i + 1 < uses.Length; i += 2)
        {
            if (TimeSpan.FromMilliseconds(uses[i + 1].AsInt64()) < unusedFor)
            {
                used.Add(uses[i].AsText()!);
            }
        }

        return used;
    }

    // The shapes that memos are of.
    private async ValueTask<HashSet<string>> RememberedAsync(CancellationToken cancellationToken)
    {
        var stamps = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in Enumerable.Range(0, KeyGrammar.MemoBuckets).Chunk(BucketsPerTrip))
        {
            var pipeline = new StorePipeline();
            var buckets = Array.ConvertAll(part, number => pipeline.Add(Hashes.Values(Keys.MemoBucket(number))));
            await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            foreach (var memo in buckets.SelectMany(bucket => bucket.Value))
            {
                if (Memo.TryParse(memo.AsText() ?? "", out var parsed))
                {
                    stamps.Add(parsed.Value.Stamp);
                }
            }
        }

        return stamps;
    }

    private async ValueTask DropAsync(string field, IEnumerable<IndexForm> forms, CancellationToken cancellationToken)
    {
        await storage.Store.SendAsync(Hashes.Delete(Keys.Catalogue, field), cancellationToken).ConfigureAwait(false);
        var name = field[1..];
        foreach (var form in forms)
        {
            if (IndexForms.AreTogether(form, IndexForm.Count))
            {
                await DropTotalAsync(KeyGrammar.Total(storage.Keyspace.Tag, storage.Schema.Name, name), cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (!IndexForms.AreTogether(form, IndexForm.Member))
            {
                await storage.Store.SendAsync(Commands.Keys.Unlink((StoreKey)KeyGrammar.Index(storage.Keyspace.Tag, storage.Schema.Name, name)), cancellationToken).ConfigureAwait(false);
                continue;
            }

            await UnlinkAsync(KeyGrammar.TagPrefix(storage.Keyspace.Tag, storage.Schema.Name, name), cancellationToken).ConfigureAwait(false);
        }

        var range = LexRange.StartingWith(name + OrderedText.Separator);
        while (true)
        {
            var members = await storage.Store.SendAsync(SortedSets.RangeByLex(Keys.Pending, range, limit: RangeLimit.Take(MembersPerTrip)), cancellationToken).ConfigureAwait(false);
            if (members.Length == 0)
            {
                return;
            }

            await storage.Store.SendAsync(SortedSets.Remove(Keys.Pending, members), cancellationToken).ConfigureAwait(false);
        }
    }
}
