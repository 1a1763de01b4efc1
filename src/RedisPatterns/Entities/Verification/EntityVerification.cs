using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Compares the entities of a model with their memos, index entries and claims, and on demand mends what differs.</summary>
/// <remarks>
/// Two ways: from every memo and document to the entries there should be, and from every entry to the document that should
/// give it. What differs is looked at once more, entity by entity, before it is reported; what an entity lacks since older
/// code has written it, or since an index is being built, is no difference. It goes through everything page by page, and
/// keeps no more than a page and what it reports.
/// </remarks>
internal sealed class EntityVerification<T>(EntityStorage<T> storage, VerificationOptions options, bool mends)
    where T : class
{
    private const int BucketsPerTrip = 64;
    private const int EntitiesPerTrip = 500;
    private const int ScanCount = 1_000;
    private const int MaximumLooks = 20;

    private readonly HashSet<IndexDrift> _differences = [];
    private readonly HashSet<IndexDrift> _left = [];
    private readonly EntityReindexer<T> _reindexer = new(storage);
    private List<Suspect> _suspects = [];
    private long _found;
    private long _mended;
    private long _unreadable;
    private long _entries;
    private long _entities;

    private EntityShape Shape => storage.Schema.Shape;

    private EntityKeys Keys => storage.Keys;

    private int FirstText => Shape.Uniques.Count + Shape.Tags.Count;

    public async ValueTask<RepairReport> RunAsync(CancellationToken cancellationToken)
    {
        if (Shape.HasMemo)
        {
            await CompareMemosAsync(cancellationToken).ConfigureAwait(false);
        }

        await CompareForgottenAsync(cancellationToken).ConfigureAwait(false);
        await CompareEntriesAsync(cancellationToken).ConfigureAwait(false);
        await CompareTotalsAsync(cancellationToken).ConfigureAwait(false);
        Report(1);
        return new RepairReport(new DriftReport(_entities, _entries, [.. _differences]) { Found = _found, Unreadable = _unreadable }, _mended, [.. _left]);
    }

    private async ValueTask CompareMemosAsync(CancellationToken cancellationToken)
    {
        for (var first = 0; first < KeyGrammar.MemoBuckets; first += BucketsPerTrip)
        {
            var pipeline = new StorePipeline();
            var buckets = Enumerable.Range(first, BucketsPerTrip).Select(number => (Number: number, Fields: pipeline.Add(Hashes.Fields(Keys.MemoBucket(number))))).ToList();
            await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            var tokens = new List<string>();
            foreach (var (number, fields) in buckets)
            {
                foreach (var token in fields.Value.Select(field => field.AsText()!))
                {
                    if (IsToken(token) && KeyGrammar.MemoBucket(token) == number)
                    {
                        tokens.Add(token);
                    }
                    else
                    {
                        await TellStrayAsync(new IndexDrift(DriftKind.OrphanMemo, null, token), Hashes.Delete(Keys.MemoBucket(number), token), cancellationToken).ConfigureAwait(false);
                    }
                }
            }

            foreach (var part in tokens.Chunk(EntitiesPerTrip))
            {
                await CompareAsync(part, cancellationToken).ConfigureAwait(false);
            }

            await FinishBatchAsync(tokens.Count, 0.5 * (first + BucketsPerTrip) / KeyGrammar.MemoBuckets, cancellationToken).ConfigureAwait(false);
        }
    }

    // Documents of which nothing is remembered, though something should be.
    private async ValueTask CompareForgottenAsync(CancellationToken cancellationToken)
    {
        await foreach (var part in new StoredTokens<T>(storage).ForgottenAsync(EntitiesPerTrip, cancellationToken).ConfigureAwait(false))
        {
            var forgotten = Array.FindAll(part, IsToken);
            if (forgotten.Length > 0)
            {
                await CompareAsync(forgotten, cancellationToken).ConfigureAwait(false);
                await FinishBatchAsync(forgotten.Length, 0.5, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // From entities to entries.
    private async ValueTask CompareAsync(string[] tokens, CancellationToken cancellationToken)
    {
        void Report(IndexDrift drift) => _suspects.Add(new Suspect(drift));
        var unreadable = new HashSet<string>(StringComparer.Ordinal);
        var documents = await ReadAsync(tokens, unreadable, cancellationToken).ConfigureAwait(false);
        _unreadable += unreadable.Count;
        var pipeline = new StorePipeline();
        var memos = Array.ConvertAll(tokens, token => pipeline.Add(Hashes.Get(Keys.Memo(token), token)));
        await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);

        var entryPipeline = new StorePipeline();
        var checks = new List<Action>();
        for (var i = 0; i < tokens.Length; i++)
        {
            var (document, memo) = (documents[i], memos[i].Value);
            if (unreadable.Contains(tokens[i]))
            {
                continue;
            }

            if (!IsRightMemo(document, memo))
            {
                Report(new IndexDrift(document is null ? DriftKind.OrphanMemo : DriftKind.WrongMemo, null, KeyGrammar.Unescape(tokens[i])));
            }

            if (document is null)
            {
                continue;
            }

            _entities++;
            AddEntryChecks(entryPipeline, null, checks, EntriesOf(document), tokens[i], Report);
        }

        _entries += entryPipeline.Count;
        await storage.Store.SendAsync(entryPipeline, cancellationToken).ConfigureAwait(false);
        checks.ForEach(check => check());
        await ConfirmAsync(cancellationToken).ConfigureAwait(false);
    }

    // Whether a memo is just what the document gives.
    private bool IsRightMemo(T? document, StoreValue memo)
    {
        if (!Shape.HasMemo || document is null)
        {
            return memo.IsNull || !Shape.HasMemo;
        }

        return Memo.TryParse(memo.AsText() ?? "", out var parsed)
            && parsed.Value.Stamp == Shape.Stamp
            && IsRightVersion(document, parsed.Value)
            && parsed.Value.Segments.Select(Sorted).SequenceEqual(SegmentsOf(document));
    }

    private bool IsRightVersion(T document, Memo memo) => !storage.Schema.IsVersioned || memo.Version == storage.Schema.VersionOf(document);

    private IEnumerable<string> SegmentsOf(T document) => EntriesOf(document).Take(Shape.SegmentCount).Select(entry => entry.AsText()!);

    // The same of a memo that another shape has, which has no part for the indexes that the entity is not in.
    private bool IsRightForeignMemo(T document, Memo memo, string? description, Func<int, bool> isExcused)
    {
        if (description is null || !IsRightVersion(document, memo))
        {
            return false;
        }

        string[] slots = [.. description.Split('|').Where(slot => !slot.StartsWith("r:", StringComparison.Ordinal))];
        return SegmentsOf(document).Select((segment, place) =>
            Array.IndexOf(slots, Shape.Slots[place].ToString()) is var at && at < 0 ? isExcused(place)
            : at < memo.Segments.Length && Sorted(memo.Segments[at]) == segment).All(isRight => isRight);
    }

    // The values of a tag that was patched stand in the order in which they came.
    private static string Sorted(string segment) =>
        segment.Contains(',', StringComparison.Ordinal) ? string.Join(',', Memo.Values(segment).Order(StringComparer.Ordinal)) : segment;

    private async ValueTask<T?[]> ReadAsync(string[] tokens, HashSet<string> unreadable, CancellationToken cancellationToken) =>
        await storage.Reader.GetManyAsync(tokens, slides: false, entity => unreadable.Add(KeyGrammar.Escape(entity.Id)), cancellationToken).ConfigureAwait(false);

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
            else if (place < Shape.FirstTotal)
            {
                foreach (var value in Memo.Values(text))
                {
                    Check(SortedSets.Score(Keys.Texts[place - FirstText], OrderedText.Member(value, token)), found => found == 0, name);
                }
            }
            else if (place >= Shape.SegmentCount)
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
                entry => entry.Field,
                entry => Map(Hashes.Delete(key, entry.Field), _ => true),
                place,
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
                entry => entry.Member,
                entry => SortedSets.Remove(key, entry.Member),
                place,
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
                entry => entry.Member,
                entry => SortedSets.Remove(key, entry.Member),
                place,
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
                    _ => value,
                    member => Sets.Remove(key, member),
                    place,
                    cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Totals follow the memos, which have been compared, and mended, before.
    private async ValueTask CompareTotalsAsync(CancellationToken cancellationToken)
    {
        if (Shape.Totals.Count == 0)
        {
            return;
        }

        var report = await new TotalRecount<T>(
            storage,
            new RecountOptions { Mends = mends, MaximumDifferences = options.MaximumDifferences, Pause = options.Pause, TimeProvider = options.TimeProvider }).RunAsync(cancellationToken).ConfigureAwait(false);
        foreach (var drift in report.Differences)
        {
            Tell(new IndexDrift(DriftKind.WrongTotal, drift.Total, drift.Period is null ? drift.Group : $"{drift.Period}/{drift.Group}"));
        }

        _found += report.Found - report.Differences.Count;
        _mended += mends ? report.Found : 0;
    }

    private async ValueTask ScanAsync<TEntry>(
        Func<ulong, StoreCommand<ScanPage<TEntry>>> scan,
        Func<TEntry, string> tokenOf,
        Func<StoreValue[], TEntry, bool> isRight,
        Func<TEntry, StoreCommand<bool>> isThere,
        Func<TEntry, StoreValue> valueOf,
        Func<TEntry, StoreCommand<bool>> removal,
        int place,
        CancellationToken cancellationToken)
    {
        var cursor = 0UL;
        do
        {
            var page = await storage.Store.SendAsync(scan(cursor), cancellationToken).ConfigureAwait(false);
            cursor = page.Cursor;
            foreach (var entry in page.Items.Where(entry => !IsToken(tokenOf(entry))))
            {
                await TellStrayAsync(new IndexDrift(DriftKind.ExtraEntry, NameOf(place), tokenOf(entry)), removal(entry), cancellationToken).ConfigureAwait(false);
            }

            foreach (var part in page.Items.Where(entry => IsToken(tokenOf(entry))).Chunk(EntitiesPerTrip))
            {
                var unreadable = new HashSet<string>(StringComparer.Ordinal);
                var documents = await ReadAsync(Array.ConvertAll(part, entry => tokenOf(entry)), unreadable, cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < part.Length; i++)
                {
                    var entry = part[i];
                    if (!unreadable.Contains(tokenOf(entry)) && !isRight(EntriesOf(documents[i]), entry))
                    {
                        var drift = new IndexDrift(DriftKind.ExtraEntry, NameOf(place), KeyGrammar.Unescape(tokenOf(entry)));
                        _suspects.Add(new Suspect(drift, isThere(entry), entries => isRight(entries, entry), new ExtraEntry(place, valueOf(entry))));
                    }
                }

                await ConfirmAsync(cancellationToken).ConfigureAwait(false);
                await FinishBatchAsync(part.Length, 0.5, cancellationToken).ConfigureAwait(false);
            }
        }
        while (cursor != 0);
    }

    // A write may have come between the reads of one comparison; so a suspect is looked at once more, all in one atomic step.
    private async ValueTask ConfirmAsync(CancellationToken cancellationToken)
    {
        if (_suspects.Count == 0)
        {
            return;
        }

        var suspects = _suspects;
        _suspects = [];
        var expired = await ExpiredAsync(suspects, cancellationToken).ConfigureAwait(false);
        var confirmed = new List<Suspect>();
        var seen = new HashSet<(IndexDrift, StoreValue)>();
        foreach (var suspect in suspects)
        {
            if (seen.Add((suspect.Drift, suspect.Entry?.Value ?? default))
                && !(suspect.Drift.Kind != DriftKind.MissingEntry && expired.Contains(KeyGrammar.Escape(suspect.Drift.Id)))
                && await IsConfirmedAsync(suspect, cancellationToken).ConfigureAwait(false))
            {
                confirmed.Add(suspect);
                Tell(suspect.Drift);
            }
        }

        if (mends)
        {
            foreach (var entity in confirmed.GroupBy(suspect => KeyGrammar.Escape(suspect.Drift.Id), StringComparer.Ordinal))
            {
                await MendAsync(entity.Key, [.. entity], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask MendAsync(string token, Suspect[] suspects, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await _reindexer.RunAsync(token, entity => ExtrasOf(suspects, entity), cancellationToken).ConfigureAwait(false);
            _mended += suspects.Count(suspect => suspect.Drift.Index is null || !outcome.Duplicates.Contains(suspect.Drift.Index));
            foreach (var index in outcome.Duplicates)
            {
                Leave(new IndexDrift(DriftKind.MissingEntry, index, KeyGrammar.Unescape(token)));
            }
        }
        catch (EntityException)
        {
            foreach (var suspect in suspects)
            {
                Leave(suspect.Drift);
            }
        }
    }

    private List<ExtraEntry> ExtrasOf(Suspect[] suspects, T? entity)
    {
        var entries = EntriesOf(entity);
        return [.. suspects.Where(suspect => suspect.Entry is not null && !suspect.IsJustified!(entries)).Select(suspect => suspect.Entry!.Value)];
    }

    // What no entity can have: its id, or the place, is impossible. So no write can give it a right meanwhile.
    private async ValueTask TellStrayAsync(IndexDrift drift, StoreCommand<bool> removal, CancellationToken cancellationToken)
    {
        Tell(drift);
        if (mends)
        {
            await storage.Store.SendAsync(removal, cancellationToken).ConfigureAwait(false);
            _mended++;
        }
    }

    private void Tell(IndexDrift drift)
    {
        if (_differences.Contains(drift))
        {
            return;
        }

        _found++;
        options.Found?.Report(drift);
        if (_differences.Count < options.MaximumDifferences)
        {
            _differences.Add(drift);
        }
    }

    private void Leave(IndexDrift drift)
    {
        if (_left.Count < options.MaximumDifferences)
        {
            _left.Add(drift);
        }
    }

    // What expired entities leave until they are swept is no drift.
    private async ValueTask<HashSet<string>> ExpiredAsync(List<Suspect> suspects, CancellationToken cancellationToken)
    {
        string[] tokens = Shape.IsSwept ? [.. suspects.Select(suspect => KeyGrammar.Escape(suspect.Drift.Id)).Distinct()] : [];
        var expired = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in tokens.Chunk(EntitiesPerTrip))
        {
            StoreValue[] members = [.. part.Select(token => (StoreValue)string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{KeyGrammar.MemoBucket(token)}:{token}"))];
            var due = await storage.Store.EvaluateAsync(ExpiredScript.Script.With([Keys.Expiry], members), cancellationToken).ConfigureAwait(false);
            expired.UnionWith(part.Where((_, i) => due[i].AsInt64() == 1));
        }

        return expired;
    }

    private async ValueTask<bool> IsConfirmedAsync(Suspect suspect, CancellationToken cancellationToken)
    {
        var token = KeyGrammar.Escape(suspect.Drift.Id);
        string[] fields = [.. Shape.Definitions.Select(IndexField.OfDefinition)];
        for (var attempt = 0; attempt < MaximumLooks; attempt++)
        {
            var seen = await storage.Store.SendAsync(Hashes.Get(Keys.Memo(token), token), cancellationToken).ConfigureAwait(false);
            StoredEntity? stored;
            T? document;
            try
            {
                stored = await storage.Reader.ReadStoredAsync(token, cancellationToken).ConfigureAwait(false);
                document = stored is null ? null : storage.Reader.ReadVersioned(stored);
            }
            catch (EntityException)
            {
                // Of what can not be read there is nothing to compare with.
                return false;
            }

            // Memo, document and entries are compared as they are in one and the same moment.
            var batch = new AtomicBatch()
                .When(stored is null ? BatchCondition.Absent(Keys.Entity(token)) : BatchCondition.Exists(Keys.Entity(token)))
                .When(seen.IsNull ? BatchCondition.HashFieldAbsent(Keys.Memo(token), token) : BatchCondition.HashFieldEquals(Keys.Memo(token), token, seen));
            var digest = stored is null ? null : storage.Reader.AddDigest(batch, token, stored);
            var there = suspect.IsThere is null ? null : batch.Add(suspect.IsThere);
            var memo = Memo.TryParse(seen.AsText() ?? "", out var parsed) ? parsed : null;
            var states = Array.ConvertAll(fields, field => batch.Add(Hashes.Get(Keys.Catalogue, field)));
            var pending = Array.ConvertAll(fields, field => batch.Add(SortedSets.Score(Keys.Pending, OrderedText.Member(field[1..], token))));
            var description = memo is { } known ? batch.Add(Hashes.Get(Keys.Catalogue, known.Stamp)) : null;
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
            if (digest?.Invoke() != stored?.Digest)
            {
                continue;
            }

            // Whether an entity need not be in an index: it is not built yet, or other code has written the entity, and it will be.
            bool IsExcused(int place) => IndexField.StateOf(states[place].Value.AsText() ?? IndexField.ReadyValue("")) != IndexState.Ready || pending[place].Value is not null;
            switch (suspect.Drift.Kind)
            {
                case DriftKind.ExtraEntry:
                    return there!.Value && !suspect.IsJustified!(entries);
                case DriftKind.MissingEntry:
                    checks.ForEach(check => check());
                    return found.Contains(suspect.Drift) && !IsExcused(Shape.Slots.Select((_, place) => place).First(place => NameOf(place) == suspect.Drift.Index));
                case DriftKind.OrphanMemo:
                    return document is null && !seen.IsNull;
                default:
                    return document is not null && !IsRightMemo(document, seen)
                        && !(memo is { } other && other.Stamp != Shape.Stamp && IsRightForeignMemo(document, other, description!.Value.AsText(), IsExcused))
                        && !(memo is null && seen.IsNull && fields.Length > 0 && Enumerable.Range(0, fields.Length).All(IsExcused));
            }
        }

        // It changes all the time: whoever changes it puts its entries right.
        return false;
    }

    private static bool IsToken(string token) => token.Length > 0 && !token.Contains(':', StringComparison.Ordinal) && IsEscaped(token);

    private static bool IsEscaped(string token)
    {
        try
        {
            return KeyGrammar.Escape(KeyGrammar.Unescape(token)) == token;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return false;
        }
    }

    private async ValueTask FinishBatchAsync(int entities, double share, CancellationToken cancellationToken)
    {
        Report(share);
        if (entities > 0 && options.Pause > TimeSpan.Zero)
        {
            await Task.Delay(options.Pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Report(double share) => options.Progress?.Report(new VerificationProgress(share, _entities, _entries, _found));

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
    private sealed record Suspect(IndexDrift Drift, StoreCommand<bool>? IsThere = null, Func<StoreValue[], bool>? IsJustified = null, ExtraEntry? Entry = null);
}
