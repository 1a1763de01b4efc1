using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Compares the entities of a model with their memos, index entries and claims.</summary>
/// <remarks>
/// Two ways: from every memo and document to the entries there should be, and from every entry to the document that should
/// give it. What differs is looked at once more, entity by entity, before it is reported.
/// </remarks>
internal sealed class EntityVerification<T>(EntityStorage<T> storage)
    where T : class
{
    private const int BucketsPerTrip = 256;
    private const int EntitiesPerTrip = 500;
    private const int ScanCount = 1_000;
    private const int MaximumLooks = 20;
    private const int ExpiredPerTrip = 1_000;

    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private readonly HashSet<string> _expired = new(StringComparer.Ordinal);
    private readonly List<Suspect> _suspects = [];
    private long _entries;
    private long _entities;

    private EntityShape Shape => storage.Schema.Shape;

    private EntityKeys Keys => storage.Keys;

    private int FirstText => Shape.Uniques.Count + Shape.Tags.Count;

    public async ValueTask<DriftReport> RunAsync(CancellationToken cancellationToken)
    {
        await CollectExpiredAsync(cancellationToken).ConfigureAwait(false);
        await CollectTokensAsync(cancellationToken).ConfigureAwait(false);
        foreach (var part in _tokens.Chunk(EntitiesPerTrip))
        {
            await CompareAsync(part, drift => _suspects.Add(new Suspect(drift)), cancellationToken).ConfigureAwait(false);
        }

        await CompareEntriesAsync(cancellationToken).ConfigureAwait(false);
        return new DriftReport(_entities, _entries, await ConfirmAsync(cancellationToken).ConfigureAwait(false));
    }

    // What expired entities leave until they are swept is no drift.
    private async ValueTask CollectExpiredAsync(CancellationToken cancellationToken)
    {
        if (!Shape.IsSwept)
        {
            return;
        }

        StoreValue[] due;
        var offset = 0;
        do
        {
            due = await storage.Store.EvaluateAsync(DueScript.Script.With([Keys.Expiry], ExpiredPerTrip, offset), cancellationToken).ConfigureAwait(false);
            offset += due.Length;
            foreach (var member in due)
            {
                var text = member.AsText()!;
                _expired.Add(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            }
        }
        while (due.Length == ExpiredPerTrip);
    }

    // Every id that has a memo or a document.
    private async ValueTask CollectTokensAsync(CancellationToken cancellationToken)
    {
        var buckets = new List<StoreKey>();
        await foreach (var key in storage.Store.ScanKeysAsync(KeyGrammar.GlobLiteral(Keys.MemoPrefix) + "*", ScanCount, cancellationToken).ConfigureAwait(false))
        {
            buckets.Add(key);
        }

        foreach (var part in buckets.Chunk(BucketsPerTrip))
        {
            var pipeline = new StorePipeline();
            var fields = Array.ConvertAll(part, bucket => pipeline.Add(Hashes.Fields(bucket)));
            await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            foreach (var token in fields.SelectMany(found => found.Value))
            {
                _tokens.Add(token.AsText()!);
            }
        }

        var pattern = KeyGrammar.GlobLiteral(Keys.EntityPrefix) + "*";
        await foreach (var key in storage.Store.ScanKeysAsync(pattern, ScanCount, cancellationToken).ConfigureAwait(false))
        {
            // A key with more behind the id is an attribute or a part.
            if (key.ToString()[Keys.EntityPrefix.Length..] is var token && !token.Contains(':', StringComparison.Ordinal))
            {
                _tokens.Add(token);
            }
        }
    }

    // From entities to entries.
    private async ValueTask CompareAsync(string[] tokens, Action<IndexDrift> report, CancellationToken cancellationToken)
    {
        var documents = await ReadAsync(tokens, cancellationToken).ConfigureAwait(false);
        var pipeline = new StorePipeline();
        var memos = Array.ConvertAll(tokens, token => pipeline.Add(Hashes.Get(Keys.Memo(token), token)));
        await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);

        var entryPipeline = new StorePipeline();
        var checks = new List<Action>();
        for (var i = 0; i < tokens.Length; i++)
        {
            var (document, memo) = (documents[i], memos[i].Value);
            CompareMemo(tokens[i], document, memo, report);
            if (document is null)
            {
                continue;
            }

            _entities++;
            AddEntryChecks(entryPipeline, null, checks, EntriesOf(document), tokens[i], report);
        }

        _entries += entryPipeline.Count;
        await storage.Store.SendAsync(entryPipeline, cancellationToken).ConfigureAwait(false);
        checks.ForEach(check => check());
    }

    private void CompareMemo(string token, T? document, StoreValue memo, Action<IndexDrift> report)
    {
        if (!Shape.HasMemo)
        {
            return;
        }

        var id = KeyGrammar.Unescape(token);
        if (document is null)
        {
            if (!memo.IsNull && !_expired.Contains(token))
            {
                report(new IndexDrift(DriftKind.OrphanMemo, null, id));
            }

            return;
        }

        var segments = EntriesOf(document).Take(Shape.SegmentCount).Select(entry => entry.AsText()!);
        if (!Memo.TryParse(memo.AsText() ?? "", out var parsed) || parsed.Value.Stamp != Shape.Stamp || !parsed.Value.Segments.Select(Sorted).SequenceEqual(segments))
        {
            report(new IndexDrift(DriftKind.WrongMemo, null, id));
        }
    }

    // The values of a tag that was patched stand in the order in which they came.
    private static string Sorted(string segment) =>
        segment.Contains(',', StringComparison.Ordinal) ? string.Join(',', Memo.Values(segment).Order(StringComparer.Ordinal)) : segment;

    private async ValueTask<T?[]> ReadAsync(string[] tokens, CancellationToken cancellationToken) =>
        await storage.Reader.GetManyAsync(tokens, slides: false, unreadable: null, cancellationToken).ConfigureAwait(false);

    private StoreValue[] EntriesOf(T? document)
    {
        var entries = new StoreValue[Shape.IndexCount];
        Array.Fill(entries, StoreValue.Empty);
        if (document is not null)
        {
            storage.Schema.EntriesOf(document, entries);
        }

        return entries;
    }

    private void AddEntryChecks(StorePipeline? pipeline, AtomicBatch? batch, List<Action> checks, StoreValue[] entries, string token, Action<IndexDrift> report)
    {
        var id = KeyGrammar.Unescape(token);
        for (var place = 0; place < entries.Length; place++)
        {
            var (name, text) = (NameOf(place), entries[place].AsText()!);
            if (text.Length == 0)
            {
                continue;
            }

            if (place < Shape.Uniques.Count)
            {
                Check(Hashes.Get(Keys.Uniques[place], text), holder => holder == token, name);
            }
            else if (place < Shape.Uniques.Count + Shape.Tags.Count)
            {
                foreach (var value in Memo.Values(text))
                {
                    Check(Sets.Contains(Keys.TagPrefixes[place - Shape.Uniques.Count] + value, token), found => found, name);
                }
            }
            else if (place < Shape.SegmentCount)
            {
                foreach (var value in Memo.Values(text))
                {
                    Check(SortedSets.Score(Keys.Texts[place - FirstText], OrderedText.Member(value, token)), found => found == 0, name);
                }
            }
            else
            {
                var score = entries[place].AsDouble();
                Check(SortedSets.Score(Keys.Ranges[place - Shape.SegmentCount], token), found => found == score, name);
            }
        }

        void Check<TReply>(StoreCommand<TReply> command, Func<TReply, bool> isRight, string name)
        {
            var reply = batch is null ? pipeline!.Add(command) : batch.Add(command);
            checks.Add(() =>
            {
                if (!isRight(reply.Value))
                {
                    report(new IndexDrift(DriftKind.MissingEntry, name, id));
                }
            });
        }
    }

    // From entries to entities.
    private async ValueTask CompareEntriesAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Shape.Uniques.Count; i++)
        {
            var (key, place) = (Keys.Uniques[i], i);
            await ScanAsync(
                cursor => Hashes.Scan(key, cursor, count: ScanCount),
                entry => entry.Value.AsText()!,
                (entries, entry) => entries[place] == entry.Field,
                entry => Map(Hashes.Get(key, entry.Field), holder => holder == entry.Value),
                NameOf(place),
                cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < Shape.Texts.Count; i++)
        {
            var (key, place) = (Keys.Texts[i], FirstText + i);
            await ScanAsync(
                cursor => SortedSets.Scan(key, cursor, count: ScanCount),
                entry => TokenOf(entry.Member),
                (entries, entry) => entry.Score == 0 && OrderedText.TrySplit(entry.Member.AsText()!, out var text, out _) && Array.IndexOf(Memo.Values(entries[place].AsText()!), text) >= 0,
                entry => Map(SortedSets.Score(key, entry.Member), score => score == entry.Score),
                NameOf(place),
                cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < Shape.Ranges.Count; i++)
        {
            var (key, place) = (Keys.Ranges[i], Shape.SegmentCount + i);
            await ScanAsync(
                cursor => SortedSets.Scan(key, cursor, count: ScanCount),
                entry => entry.Member.AsText()!,
                (entries, entry) => entries[place].TryGetDouble(out var score) && score == entry.Score,
                entry => Map(SortedSets.Score(key, entry.Member), score => score == entry.Score),
                NameOf(place),
                cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < Shape.Tags.Count; i++)
        {
            var (prefix, place) = (Keys.TagPrefixes[i], Shape.Uniques.Count + i);
            await foreach (var key in storage.Store.ScanKeysAsync(KeyGrammar.GlobLiteral(prefix) + "*", ScanCount, cancellationToken).ConfigureAwait(false))
            {
                var value = key.ToString()[prefix.Length..];
                await ScanAsync(
                    cursor => Sets.Scan(key, cursor, count: ScanCount),
                    member => member.AsText()!,
                    (entries, _) => Array.IndexOf(Memo.Values(entries[place].AsText()!), value) >= 0,
                    member => Sets.Contains(key, member),
                    NameOf(place),
                    cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask ScanAsync<TEntry>(
        Func<ulong, StoreCommand<ScanPage<TEntry>>> scan,
        Func<TEntry, string> tokenOf,
        Func<StoreValue[], TEntry, bool> isRight,
        Func<TEntry, StoreCommand<bool>> isThere,
        string index,
        CancellationToken cancellationToken)
    {
        var cursor = 0UL;
        do
        {
            var page = await storage.Store.SendAsync(scan(cursor), cancellationToken).ConfigureAwait(false);
            cursor = page.Cursor;
            foreach (var part in page.Items.Chunk(EntitiesPerTrip))
            {
                var documents = await ReadAsync(Array.ConvertAll(part, entry => tokenOf(entry)), cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < part.Length; i++)
                {
                    var entry = part[i];
                    if (!isRight(EntriesOf(documents[i]), entry) && !(documents[i] is null && _expired.Contains(tokenOf(entry))))
                    {
                        var drift = new IndexDrift(DriftKind.ExtraEntry, index, KeyGrammar.Unescape(tokenOf(entry)));
                        _suspects.Add(new Suspect(drift, isThere(entry), entries => isRight(entries, entry)));
                    }
                }
            }
        }
        while (cursor != 0);
    }

    // A write may have come between the reads of one comparison; so a suspect is looked at once more, all in one atomic step.
    private async ValueTask<IReadOnlyList<IndexDrift>> ConfirmAsync(CancellationToken cancellationToken)
    {
        if (_suspects.Count > 0)
        {
            // Some may have expired meanwhile.
            await CollectExpiredAsync(cancellationToken).ConfigureAwait(false);
            _suspects.RemoveAll(suspect => suspect.Drift.Kind != DriftKind.MissingEntry && _expired.Contains(KeyGrammar.Escape(suspect.Drift.Id)));
        }

        var confirmed = new HashSet<IndexDrift>();
        foreach (var suspect in _suspects)
        {
            if (!confirmed.Contains(suspect.Drift) && await IsConfirmedAsync(suspect, cancellationToken).ConfigureAwait(false))
            {
                confirmed.Add(suspect.Drift);
            }
        }

        return [.. confirmed];
    }

    private async ValueTask<bool> IsConfirmedAsync(Suspect suspect, CancellationToken cancellationToken)
    {
        var token = KeyGrammar.Escape(suspect.Drift.Id);
        for (var attempt = 0; attempt < MaximumLooks; attempt++)
        {
            // Every write changes the memo: what was read in between belongs to it.
            var seen = await storage.Store.SendAsync(Hashes.Get(Keys.Memo(token), token), cancellationToken).ConfigureAwait(false);
            var document = (await ReadAsync([token], cancellationToken).ConfigureAwait(false))[0];
            var batch = new AtomicBatch()
                .When(document is null ? BatchCondition.Absent(Keys.Entity(token)) : BatchCondition.Exists(Keys.Entity(token)))
                .When(seen.IsNull ? BatchCondition.HashFieldAbsent(Keys.Memo(token), token) : BatchCondition.HashFieldEquals(Keys.Memo(token), token, seen));
            var memo = batch.Add(Hashes.Get(Keys.Memo(token), token));
            var there = suspect.IsThere is null ? null : batch.Add(suspect.IsThere);
            var found = new HashSet<IndexDrift>();
            var checks = new List<Action>();
            var entries = EntriesOf(document);
            if (document is not null)
            {
                AddEntryChecks(null, batch, checks, entries, token, drift => found.Add(drift));
            }

            var result = await storage.Store.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            if (result.Status == CommitStatus.ConditionFailed)
            {
                continue;
            }

            result.EnsureCommitted();
            if (there is not null)
            {
                return there.Value && !suspect.IsJustified!(entries);
            }

            CompareMemo(token, document, memo.Value, drift => found.Add(drift));
            checks.ForEach(check => check());
            return found.Contains(suspect.Drift);
        }

        // It changes all the time: whoever changes it puts its entries right.
        return false;
    }

    private static string TokenOf(StoreValue member)
    {
        OrderedText.TrySplit(member.AsText()!, out _, out var token);
        return token;
    }

    private static StoreCommand<bool> Map<TReply>(StoreCommand<TReply> command, Func<TReply, bool> map)
    {
        var arguments = new StoreValue[command.ArgumentCount];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = command[i];
        }

        return new(command.Definition, reply => map(command.Reader(reply)), arguments);
    }

    private string NameOf(int place) => storage.Schema.Indexes[place].Name;

    /// <summary>What may be wrong. An entry that should not be there is told by the command that looks for it.</summary>
    private sealed record Suspect(IndexDrift Drift, StoreCommand<bool>? IsThere = null, Func<StoreValue[], bool>? IsJustified = null);
}
