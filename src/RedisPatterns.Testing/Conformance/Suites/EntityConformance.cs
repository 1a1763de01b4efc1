using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about single writes and reads of entities.</summary>
public class EntityConformance : LayoutConformance
{
    /// <summary>The suite for entities that are whole documents.</summary>
    public EntityConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected EntityConformance(EntityLayout layout)
        : base(layout, Cases)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(What_is_inserted_is_read, StoreFeatures.Scripts),
        new(An_insert_of_an_id_that_exists_is_refused, StoreFeatures.Scripts),
        new(An_update_needs_an_entity_and_its_version, StoreFeatures.Scripts),
        new(An_update_moves_every_index_entry, StoreFeatures.Scripts),
        new(An_upsert_writes_in_any_case_and_counts_the_version_on, StoreFeatures.Scripts),
        new(A_delete_leaves_nothing_behind, StoreFeatures.Scripts),
        new(A_delete_may_ask_for_a_version, StoreFeatures.Scripts),
        new(Many_are_read_in_the_order_of_their_ids, StoreFeatures.Scripts),
        new(Many_are_asked_for_at_once, StoreFeatures.Scripts),
        new(An_edit_writes_what_comes_of_what_is_stored, StoreFeatures.Scripts),
        new(An_edit_is_made_anew_when_the_entity_has_changed, StoreFeatures.Scripts),
        new(An_edit_that_fails_writes_nothing, StoreFeatures.Scripts),
        new(A_unique_value_is_held_by_one_entity, StoreFeatures.Scripts),
        new(A_unique_value_is_free_again_after_rename_and_delete, StoreFeatures.Scripts),
        new(A_claim_of_an_entity_that_is_gone_can_be_taken, StoreFeatures.Scripts),
        new(Null_claims_nothing_and_has_no_entry, StoreFeatures.Scripts),
        new(An_insert_over_what_a_lost_document_left_cleans_it_up, StoreFeatures.Scripts),
        new(A_model_without_versions_updates_without_comparing, StoreFeatures.Scripts),
        new(Documents_are_plain_json_under_guessable_keys, StoreFeatures.Scripts),
        new(Ids_and_values_of_any_text_keep_apart, StoreFeatures.Scripts),
        new(Tenants_and_keyspaces_keep_apart, StoreFeatures.Scripts),
        new(Bad_ids_and_values_are_refused_before_anything_is_sent, StoreFeatures.Scripts),
        new(A_document_that_can_not_be_read_is_reported, StoreFeatures.Scripts),
        new(A_changed_set_of_indexes_takes_old_entries_along, StoreFeatures.Scripts),
        new(Large_documents_are_stored_whole, StoreFeatures.Scripts),
        new(Concurrent_claims_of_one_value_let_one_through, StoreFeatures.Scripts),
        new(Concurrent_updates_of_one_version_let_one_through, StoreFeatures.Scripts),
        new(Concurrent_edits_lose_nothing, StoreFeatures.Scripts),
    ];

    internal static Repository<Customer, CustomerModel> Customers(ConformanceContext c) =>
        c.Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));

    private static Repository<Note, NoteModel> Notes(ConformanceContext c) => c.Store.Keyspace(c.Tag).Repository<Note, NoteModel>(new NoteModel(c.Layout));

    private static async Task What_is_inserted_is_read(ConformanceContext c)
    {
        var customers = Customers(c);
        var stored = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        Equal(Customer.Number(1) with { Version = 1 }, stored);
        Equal(stored, await customers.GetAsync("c0001", c.CancellationToken));
        Equal(stored, await customers.FindAsync(m => m.ByEmail, "c0001@example.com", c.CancellationToken));
        Equal(null, await customers.FindAsync(m => m.ByEmail, "nobody@example.com", c.CancellationToken));
        Equal(null, await customers.FindAsync(m => m.ByEmail, null, c.CancellationToken));
        Equal(null, await customers.GetAsync("c0002", c.CancellationToken));
        True(await customers.ExistsAsync("c0001", c.CancellationToken));
        True(!await customers.ExistsAsync("c0002", c.CancellationToken));
        await IsCleanAsync(c, customers, 1);
    }

    private static async Task An_insert_of_an_id_that_exists_is_refused(ConformanceContext c)
    {
        var customers = Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var before = await ContentsAsync(c);
        var refused = await ThrowsAsync<EntityExistsException>(async () => await customers.InsertAsync(Customer.Number(1) with { Status = "other" }, c.CancellationToken));
        Equal("customer", refused.Model);
        Equal(before, await ContentsAsync(c));
    }

    private static async Task An_update_needs_an_entity_and_its_version(ConformanceContext c)
    {
        var customers = Customers(c);
        await ThrowsAsync<EntityNotFoundException>(async () => await customers.UpdateAsync(Customer.Number(1) with { Version = 1 }, c.CancellationToken));
        Equal([], await ContentsAsync(c));
        var first = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var second = await customers.UpdateAsync(first with { Status = "banned" }, c.CancellationToken);
        Equal(2L, second.Version);
        var before = await ContentsAsync(c);
        var conflict = await ThrowsAsync<VersionConflictException>(async () => await customers.UpdateAsync(first with { Status = "new" }, c.CancellationToken));
        Equal((1L, 2L), (conflict.ExpectedVersion, conflict.ActualVersion));
        Equal(before, await ContentsAsync(c));
        await customers.DeleteAsync("c0001", cancellationToken: c.CancellationToken);
        await ThrowsAsync<EntityNotFoundException>(async () => await customers.UpdateAsync(second, c.CancellationToken));
        Equal(null, await customers.GetAsync("c0001", c.CancellationToken));
    }

    private static async Task An_update_moves_every_index_entry(ConformanceContext c)
    {
        var customers = Customers(c);
        var first = await customers.InsertAsync(new Customer("a", "a@x", "active", ["red", "green"], 30, DateTimeOffset.UnixEpoch), c.CancellationToken);
        var second = await customers.UpdateAsync(
            first with { Email = "b@x", Status = "banned", Labels = ["green", "blue"], Age = 31, Created = DateTimeOffset.UnixEpoch.AddDays(1) }, c.CancellationToken);
        Equal(null, await customers.FindAsync(m => m.ByEmail, "a@x", c.CancellationToken));
        Equal(second, await customers.FindAsync(m => m.ByEmail, "b@x", c.CancellationToken));
        Equal(0L, await customers.Query(m => m.ByStatus.Is("active")).CountAsync(c.CancellationToken));
        Equal(1L, await customers.Query(m => m.ByStatus.Is("banned")).CountAsync(c.CancellationToken));
        Equal(0L, await customers.Query(m => m.ByLabel.Is("red")).CountAsync(c.CancellationToken));
        Equal(1L, await customers.Query(m => m.ByLabel.AllOf("green", "blue")).CountAsync(c.CancellationToken));
        Equal(0L, await customers.Query(m => m.ByAge.Is(30)).CountAsync(c.CancellationToken));
        Equal(1L, await customers.Query(m => m.ByAge.Is(31) & m.ByCreated.Is(DateTimeOffset.UnixEpoch.AddDays(1))).CountAsync(c.CancellationToken));
        await IsCleanAsync(c, customers, 1);
        await customers.UpdateAsync(second with { Email = null, Status = null, Labels = null, Age = null }, c.CancellationToken);
        Equal(1L, await customers.Query(m => m.ByCreated.Exists()).CountAsync(c.CancellationToken));
        Equal(0L, await customers.Query(m => m.ByAge.Exists()).CountAsync(c.CancellationToken));
        await IsCleanAsync(c, customers, 1);
    }

    private static async Task An_upsert_writes_in_any_case_and_counts_the_version_on(ConformanceContext c)
    {
        var customers = Customers(c);
        var first = await customers.UpsertAsync(Customer.Number(1), c.CancellationToken);
        Equal(1L, first.Version);
        Equal(first, await customers.GetAsync("c0001", c.CancellationToken));
        var second = await customers.UpsertAsync(Customer.Number(1) with { Age = 99 }, c.CancellationToken);
        Equal(Customer.Number(1) with { Age = 99, Version = 2 }, second);
        Equal(second, await customers.GetAsync("c0001", c.CancellationToken));
        Equal(3L, (await customers.UpdateAsync(second, c.CancellationToken)).Version);
        await IsCleanAsync(c, customers, 1);
    }

    private static async Task A_delete_leaves_nothing_behind(ConformanceContext c)
    {
        var customers = Customers(c);
        True(!await customers.DeleteAsync("c0001", cancellationToken: c.CancellationToken));
        await customers.InsertAsync(Customer.Number(2), c.CancellationToken);
        var without = await ContentsAsync(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        True(await customers.DeleteAsync("c0001", cancellationToken: c.CancellationToken));
        Equal(without, await ContentsAsync(c));
        True(!await customers.DeleteAsync("c0001", cancellationToken: c.CancellationToken));
        Equal(1L, (await customers.InsertAsync(Customer.Number(1), c.CancellationToken)).Version);
        await IsCleanAsync(c, customers, 2);
    }

    private static async Task A_delete_may_ask_for_a_version(ConformanceContext c)
    {
        var customers = Customers(c);
        var stored = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await customers.UpdateAsync(stored, c.CancellationToken);
        var before = await ContentsAsync(c);
        await ThrowsAsync<VersionConflictException>(async () => await customers.DeleteAsync("c0001", 1, c.CancellationToken));
        Equal(before, await ContentsAsync(c));
        True(await customers.DeleteAsync("c0001", 2, c.CancellationToken));
    }

    private static async Task Many_are_read_in_the_order_of_their_ids(ConformanceContext c)
    {
        var customers = Customers(c);
        for (var i = 0; i < 5; i++)
        {
            await customers.InsertAsync(Customer.Number(i), c.CancellationToken);
        }

        var read = await customers.GetManyAsync(["c0004", "none", "c0000", "c0004"], c.CancellationToken);
        Equal<string?[]>(["c0004", null, "c0000", "c0004"], [.. read.Select(customer => customer?.Id)]);
        Equal(0, (await customers.GetManyAsync(Array.Empty<string>(), c.CancellationToken)).Count);
        var many = await customers.GetManyAsync(Enumerable.Range(0, 2500).Select(i => $"c{i % 5:D4}"), c.CancellationToken);
        True(many.Count == 2500 && many.All(customer => customer is not null));
    }

    private static async Task Many_are_asked_for_at_once(ConformanceContext c)
    {
        var customers = Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await customers.InsertAsync(Customer.Number(3), c.CancellationToken);
        Equal([true, false, true, true], await customers.ExistManyAsync(["c0001", "c0002", "c0003", "c0001"], c.CancellationToken));
        Equal([], await customers.ExistManyAsync(Array.Empty<string>(), c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await customers.ExistManyAsync(["c0001", ""], c.CancellationToken));
    }

    private static async Task An_edit_writes_what_comes_of_what_is_stored(ConformanceContext c)
    {
        var (customers, notes) = (Customers(c), Notes(c));
        var stored = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var edited = await customers.EditAsync(stored.Id, customer => customer with { Age = customer.Age + 5, Email = "edited@example.com", Labels = ["b", "a"] }, c.CancellationToken);
        Equal(stored with { Age = stored.Age + 5, Email = "edited@example.com", Labels = ["b", "a"], Version = 2 }, edited);
        Equal(edited, await customers.GetAsync(stored.Id, c.CancellationToken));
        Equal(edited, await customers.FindAsync(m => m.ByEmail, "edited@example.com", c.CancellationToken));
        Equal(null, await customers.FindAsync(m => m.ByEmail, stored.Email, c.CancellationToken));
        await IsCleanAsync(c, customers, 1);

        // Without a version too.
        await notes.InsertAsync(new Note("n", "text", "topic"), c.CancellationToken);
        Equal(new Note("n", "text!", "topic"), await notes.EditAsync("n", note => note with { Text = note.Text + "!" }, c.CancellationToken));
        Equal(new Note("n", "text!", "topic"), await notes.GetAsync("n", c.CancellationToken));
    }

    private static async Task An_edit_is_made_anew_when_the_entity_has_changed(ConformanceContext c)
    {
        var (customers, notes) = (Customers(c), Notes(c));
        await customers.InsertAsync(Customer.Number(1) with { Age = 1 }, c.CancellationToken);
        await notes.InsertAsync(new Note("n", "a", null), c.CancellationToken);
        var (calls, noteCalls) = (0, 0);
        var edited = await customers.EditAsync(
            "c0001",
            customer =>
            {
                if (calls++ < 2)
                {
                    customers.UpsertAsync(customer with { Age = customer.Age * 10 }, c.CancellationToken).AsTask().GetAwaiter().GetResult();
                }

                return customer with { Age = customer.Age + 1 };
            },
            c.CancellationToken);
        Equal((101, 4L, 3), (edited.Age, edited.Version, calls));
        var note = await notes.EditAsync(
            "n",
            stored =>
            {
                if (noteCalls++ < 1)
                {
                    notes.UpsertAsync(stored with { Text = "b" }, c.CancellationToken).AsTask().GetAwaiter().GetResult();
                }

                return stored with { Text = stored.Text + "!" };
            },
            c.CancellationToken);
        Equal(("b!", 2), (note.Text, noteCalls));
        await IsCleanAsync(c, customers, 1);
    }

    private static async Task An_edit_that_fails_writes_nothing(ConformanceContext c)
    {
        var customers = Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await customers.InsertAsync(Customer.Number(2), c.CancellationToken);
        var before = await ContentsAsync(c);
        await ThrowsAsync<EntityNotFoundException>(async () => await customers.EditAsync("nobody", customer => customer, c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await customers.EditAsync("", customer => customer, c.CancellationToken));
        await ThrowsAsync<ModelException>(async () => await customers.EditAsync("c0001", customer => customer with { Id = "c0003" }, c.CancellationToken));
        await ThrowsAsync<DuplicateValueException>(async () => await customers.EditAsync("c0001", customer => customer with { Email = "c0002@example.com" }, c.CancellationToken));
        await ThrowsAsync<ModelException>(async () => await customers.EditAsync("c0001", customer => customer, RedisPatterns.Commands.Expiry.Persist, c.CancellationToken));
        await ThrowsAsync<TimeoutException>(async () => await customers.EditAsync("c0001", _ => throw new TimeoutException(), c.CancellationToken));
        await ThrowsAsync<InvalidOperationException>(async () => await customers.EditAsync("c0001", _ => null!, c.CancellationToken));
        Equal(before, await ContentsAsync(c));
    }

    private static async Task Concurrent_edits_lose_nothing(ConformanceContext c)
    {
        var customers = Customers(c);
        await customers.InsertAsync(Customer.Number(1) with { Age = 0 }, c.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => customers.EditAsync("c0001", customer => customer with { Age = customer.Age + 1 }, c.CancellationToken).AsTask()));
        var stored = await customers.GetAsync("c0001", c.CancellationToken);
        Equal((8, 9L), (stored!.Age, stored.Version));
        await IsCleanAsync(c, customers, 1);
    }

    private static async Task A_unique_value_is_held_by_one_entity(ConformanceContext c)
    {
        var customers = Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var second = await customers.InsertAsync(Customer.Number(2), c.CancellationToken);
        var before = await ContentsAsync(c);
        var refused = await ThrowsAsync<DuplicateValueException>(async () => await customers.InsertAsync(Customer.Number(3) with { Email = "c0001@example.com" }, c.CancellationToken));
        Equal("email", refused.Index);
        True(!refused.Message.Contains("c0001", StringComparison.Ordinal));
        await ThrowsAsync<DuplicateValueException>(async () => await customers.UpdateAsync(second with { Email = "c0001@example.com" }, c.CancellationToken));
        await ThrowsAsync<DuplicateValueException>(async () => await customers.UpsertAsync(second with { Email = "c0001@example.com" }, c.CancellationToken));
        Equal(before, await ContentsAsync(c));
    }

    private static async Task A_unique_value_is_free_again_after_rename_and_delete(ConformanceContext c)
    {
        var customers = Customers(c);
        var first = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await customers.UpdateAsync(first with { Email = "new@example.com" }, c.CancellationToken);
        await customers.InsertAsync(Customer.Number(2) with { Email = "c0001@example.com" }, c.CancellationToken);
        await customers.DeleteAsync("c0001", cancellationToken: c.CancellationToken);
        await customers.InsertAsync(Customer.Number(3) with { Email = "new@example.com" }, c.CancellationToken);
        await IsCleanAsync(c, customers, 2);
    }

    private static async Task A_claim_of_an_entity_that_is_gone_can_be_taken(ConformanceContext c)
    {
        var customers = Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await LoseAsync(c, "c0001");
        var taker = await customers.InsertAsync(Customer.Number(2) with { Email = "c0001@example.com" }, c.CancellationToken);
        Equal(taker, await customers.FindAsync(m => m.ByEmail, "c0001@example.com", c.CancellationToken));
        await ThrowsAsync<DuplicateValueException>(async () => await customers.InsertAsync(Customer.Number(1), c.CancellationToken));
        await customers.InsertAsync(Customer.Number(1) with { Email = "other@example.com" }, c.CancellationToken);
        Equal(taker, await customers.FindAsync(m => m.ByEmail, "c0001@example.com", c.CancellationToken));
        await IsCleanAsync(c, customers, 2);
    }

    private static async Task Null_claims_nothing_and_has_no_entry(ConformanceContext c)
    {
        var customers = Customers(c);
        await customers.InsertAsync(new Customer("a", null, null, null, null, DateTimeOffset.UnixEpoch), c.CancellationToken);
        await customers.InsertAsync(new Customer("b", null, null, [], null, DateTimeOffset.UnixEpoch), c.CancellationToken);
        await customers.InsertAsync(new Customer("c", "", "", [""], 0, DateTimeOffset.UnixEpoch), c.CancellationToken);
        Equal("c", (await customers.FindAsync(m => m.ByEmail, "", c.CancellationToken))?.Id);
        Equal(["c"], await customers.Query(m => m.ByStatus.Is("")).ToIdsAsync(c.CancellationToken));
        Equal(["c"], await customers.Query(m => m.ByLabel.Is("")).ToIdsAsync(c.CancellationToken));
        Equal(0L, await customers.Query(m => m.ByStatus.Is(null)).CountAsync(c.CancellationToken));
        EqualInAnyOrder(["a", "b"], await customers.Query(m => m.ByStatus.NoneOf("")).ToIdsAsync(c.CancellationToken));
        await IsCleanAsync(c, customers, 3);
    }

    private static async Task An_insert_over_what_a_lost_document_left_cleans_it_up(ConformanceContext c)
    {
        var customers = Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await LoseAsync(c, "c0001");
        Equal(null, await customers.FindAsync(m => m.ByEmail, "c0001@example.com", c.CancellationToken));
        Equal(0, (await customers.Query(m => m.ByStatus.Is("banned")).ToListAsync(c.CancellationToken)).Count);
        var again = await customers.InsertAsync(Customer.Number(1) with { Status = "new", Labels = ["x"], Age = null }, c.CancellationToken);
        Equal(1L, again.Version);
        await IsCleanAsync(c, customers, 1);
        await LoseAsync(c, "c0001");
        True(!await customers.DeleteAsync("c0001", cancellationToken: c.CancellationToken));
        await IsCleanAsync(c, customers, 0);
        Equal(1, (await ContentsAsync(c)).Count, "only the catalogue is left");
    }

    private static async Task A_model_without_versions_updates_without_comparing(ConformanceContext c)
    {
        var notes = Notes(c);
        await ThrowsAsync<EntityNotFoundException>(async () => await notes.UpdateAsync(new Note("n", "text", null), c.CancellationToken));
        await notes.InsertAsync(new Note("n", "one", "x"), c.CancellationToken);
        await notes.UpdateAsync(new Note("n", "two", "y"), c.CancellationToken);
        Equal(new Note("n", "three", "y"), await notes.UpsertAsync(new Note("n", "three", "y"), c.CancellationToken));
        Equal(new Note("n", "three", "y"), await notes.GetAsync("n", c.CancellationToken));
        True((await notes.VerifyAsync(c.CancellationToken)).IsClean);
    }

    private static async Task Documents_are_plain_json_under_guessable_keys(ConformanceContext c)
    {
        await Notes(c).InsertAsync(new Note("n1", "hello", "greeting"), c.CancellationToken);
        const string Json = """{"id":"n1","text":"hello","topic":"greeting"}""";
        StoreKey key = $"{{{c.Tag}}}:note:n1";
        if (c.Layout == EntityLayout.Hash)
        {
            EqualInAnyOrder([new("id", "n1"), new("text", "hello"), new("topic", "greeting")], await c.SendAsync(Hashes.GetAll(key)));
        }
        else if (c.Layout == EntityLayout.Attributes)
        {
            await c.Expect(Strings.GetMany(key, $"{key}:id", $"{key}:text", $"{key}:topic")).AnswersAsync(["1:id,text,topic", "n1", "hello", "greeting"]);
        }
        else if (c.Layout == ConformanceLayouts.Chunked)
        {
            var manifest = (await c.SendAsync(Strings.Get(key))).AsText()!;
            True(manifest.StartsWith("chunks/1;v=1;schema=1;parts=1;gen=", StringComparison.Ordinal), manifest);
            await c.Expect(Strings.Get($"{key}:{manifest.Split(';')[4][4..]}:0")).AnswersAsync(Json);
        }
        else
        {
            await c.Expect(Strings.Get(key)).AnswersAsync(Json);
        }

        await c.Expect(Sets.Members($"{{{c.Tag}}}:idx:note:topic:greeting")).AnswersAsync(["n1"]);
    }

    private static async Task Ids_and_values_of_any_text_keep_apart(ConformanceContext c)
    {
        string[] texts =
        [
            "a", "A", "a:b", "a%3Ab", "a%253Ab", "{a}", "}a{", "a,b", "a/b", "*", "?", "[a]", "\\", " ", "%", "%25", "a\0b", "\n", "\u00e4", "a\u0308", "\ud83d\ude00",
            "\ud800", "\ud801", "\udc00a", "%uD800", "idx:customer:email", "memo:customer:1", new string('x', 10_000), "-", "=", "|", "1", "01",
        ];
        var customers = Customers(c);
        foreach (var text in texts)
        {
            await customers.InsertAsync(new Customer(text, text, text, [text, "all"], 1, DateTimeOffset.UnixEpoch), c.CancellationToken);
        }

        foreach (var text in texts)
        {
            var stored = await customers.FindAsync(m => m.ByEmail, text, c.CancellationToken);
            True(stored is not null, $"unique value of length {text.Length}");
            Equal([text], await customers.Query(m => m.ByStatus.Is(text)).ToIdsAsync(c.CancellationToken));
            Equal([text], await customers.Query(m => m.ByLabel.AllOf(text, "all")).ToIdsAsync(c.CancellationToken));
        }

        EqualInAnyOrder(texts, await customers.Query(m => m.ByLabel.Is("all")).ToIdsAsync(c.CancellationToken));
        Equal(texts.Length, (await customers.Query().ToListAsync(c.CancellationToken)).Count);
        foreach (var key in await ContentsAsync(c))
        {
            True(key.StartsWith($"{{{c.Tag}}}:", StringComparison.Ordinal));
        }

        foreach (var text in texts)
        {
            True(await customers.DeleteAsync(text, cancellationToken: c.CancellationToken));
        }

        Equal(1, (await ContentsAsync(c)).Count, "only the catalogue is left");
    }

    private static async Task Tenants_and_keyspaces_keep_apart(ConformanceContext c)
    {
        Keyspace[] keyspaces =
        [
            c.Store.Keyspace(c.Tag), c.Store.Keyspace(c.Tag, "a"), c.Store.Keyspace(c.Tag, "b"), c.Store.Keyspace(c.Tag + "/a"), c.Store.Keyspace(c.Tag, "a/b"), c.Store.Keyspace(c.Tag, "}x{"),
        ];
        Equal(keyspaces.Length, keyspaces.Select(keyspace => keyspace.Tag).Distinct().Count());
        var all = keyspaces.Select(keyspace => keyspace.Repository<Note, NoteModel>(new NoteModel(c.Layout))).ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            await all[i].InsertAsync(new Note("n", $"text {i}", "t"), c.CancellationToken);
        }

        for (var i = 0; i < all.Length; i++)
        {
            Equal($"text {i}", (await all[i].GetAsync("n", c.CancellationToken))!.Text);
            Equal(1L, await all[i].Query(m => m.ByTopic.Is("t")).CountAsync(c.CancellationToken));
            True(await all[i].DeleteAsync("n", cancellationToken: c.CancellationToken));
        }
    }

    private static async Task Bad_ids_and_values_are_refused_before_anything_is_sent(ConformanceContext c)
    {
        var customers = Customers(c);
        await ThrowsAsync<EntityIdException>(async () => await customers.InsertAsync(Customer.Number(1) with { Id = "" }, c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await customers.UpdateAsync(Customer.Number(1) with { Id = null! }, c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await customers.GetAsync("", c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await customers.GetManyAsync(["a", null!], c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await customers.DeleteAsync((string)null!, cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentNullException>(async () => await customers.InsertAsync(null!, c.CancellationToken));
        Equal([], await ContentsAsync(c));
    }

    private static async Task A_document_that_can_not_be_read_is_reported(ConformanceContext c)
    {
        var customers = Customers(c);
        StoreKey key = $"{{{c.Tag}}}:customer:bad";
        StoreCommand[] damage = c.Layout == EntityLayout.Hash
            ? [Hashes.Set(key, "age", "{ not json")]
            : c.Layout == EntityLayout.Attributes
                ? [Strings.Set(key, "1:age"), Strings.Set($"{key}:age", "{ not json")]
                : [Strings.Set(key, "{ not json")];
        await c.GivenAsync(damage);
        var unreadable = await ThrowsAsync<EntityFormatException>(async () => await customers.GetAsync("bad", c.CancellationToken));
        Equal($"{{{c.Tag}}}:customer:{{id}}", unreadable.KeyPattern);
        await ThrowsAsync<EntityFormatException>(async () => await customers.GetManyAsync(["bad"], c.CancellationToken));
    }

    private static async Task A_changed_set_of_indexes_takes_old_entries_along(ConformanceContext c)
    {
        var wide = Customers(c);
        // Another process, with other code: one store refuses two models of one name.
        await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
        var narrow = other.Keyspace(c.Tag).Repository<Customer, NarrowCustomerModel>(new NarrowCustomerModel(c.Layout));
        var stored = await wide.InsertAsync(Customer.Number(1), c.CancellationToken);
        await wide.InsertAsync(Customer.Number(2), c.CancellationToken);
        stored = await narrow.UpdateAsync(stored with { Email = "moved@example.com", Labels = ["z"] }, c.CancellationToken);
        Equal(2L, stored.Version);
        Equal(["c0001"], await wide.Query(m => m.ByStatus.Is("banned")).ToIdsAsync(c.CancellationToken), "what other code left out is put in before it is asked for");
        Equal(["c0001"], await wide.Query(m => m.ByAge.Is(19)).ToIdsAsync(c.CancellationToken));
        Equal(stored, await narrow.FindAsync(m => m.ByEmail, "moved@example.com", c.CancellationToken));
        Equal(["c0001"], await narrow.Query(m => m.ByLabel.Is("z")).ToIdsAsync(c.CancellationToken));
        stored = await wide.UpdateAsync(stored, c.CancellationToken);
        await IsCleanAsync(c, wide, 2);
        await narrow.DeleteAsync("c0001", cancellationToken: c.CancellationToken);
        await narrow.DeleteAsync("c0002", cancellationToken: c.CancellationToken);
        Equal(1, (await ContentsAsync(c)).Count, "only the catalogue is left");
    }

    private static async Task Large_documents_are_stored_whole(ConformanceContext c)
    {
        var notes = Notes(c);
        var text = new string('x', (int)Math.Min(5_000_000, c.Layout.MaximumBytes - 100));
        await notes.InsertAsync(new Note("n", text, "big"), c.CancellationToken);
        Equal(text.Length, (await notes.GetAsync("n", c.CancellationToken))!.Text.Length);
    }

    private static async Task Concurrent_claims_of_one_value_let_one_through(ConformanceContext c)
    {
        var customers = Customers(c);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            try
            {
                await customers.InsertAsync(Customer.Number(i) with { Email = "wanted@example.com" }, c.CancellationToken);
                return 1;
            }
            catch (DuplicateValueException)
            {
                return 0;
            }
        })));
        Equal(1, outcomes.Sum());
        await IsCleanAsync(c, customers, 1);
    }

    private static async Task Concurrent_updates_of_one_version_let_one_through(ConformanceContext c)
    {
        var customers = Customers(c);
        var stored = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            try
            {
                await customers.UpdateAsync(stored with { Status = $"s{i}" }, c.CancellationToken);
                return 1;
            }
            catch (VersionConflictException)
            {
                return 0;
            }
        })));
        Equal(1, outcomes.Sum());
        await IsCleanAsync(c, customers, 1);
    }

    /// <summary>What the test has stored, without parts of entities that are about to be reclaimed.</summary>
    internal static async Task<IReadOnlyList<string>> ContentsAsync(ConformanceContext c, string? prefix = null)
    {
        var contents = await StoreContents.ReadAsync(c.Store, prefix ?? $"{{{c.Tag}}}", c.CancellationToken);
        return c.Layout != ConformanceLayouts.Chunked ? contents : [.. contents.Where(line => !IsPart(line[..line.IndexOf(' ', StringComparison.Ordinal)]) || !line.Contains(" until ", StringComparison.Ordinal))];
    }

    /// <summary>Deletes what is stored of a customer, but not what refers to it.</summary>
    internal static async Task LoseAsync(ConformanceContext c, string id)
    {
        await foreach (var key in c.Store.ScanKeysAsync($"{{{c.Tag}}}:customer:{id}*", 1000, c.CancellationToken))
        {
            await c.Store.SendAsync(Keys.Delete(key), c.CancellationToken);
        }
    }

    // {tag}:model:id:generation:number
    private static bool IsPart(string key) => key.Split(':') is [_, not "idx", _, { Length: 16 }, _];

    internal static async Task IsCleanAsync<TModel>(ConformanceContext c, Repository<Customer, TModel> customers, long count)
        where TModel : EntityModel<Customer>
    {
        var report = await customers.VerifyAsync(c.CancellationToken);
        Equal("", string.Join(", ", report.Differences));
        Equal(count, report.Entities);
    }
}
