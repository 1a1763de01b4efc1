using System.Text.Json.Serialization;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Documentation;

// snippet: ids-model
public readonly record struct TicketId(Ulid Value);

public sealed record Ticket(TicketId Id, string Subject);

public sealed class TicketModel : EntityModel<Ticket, TicketId>
{
    public TicketModel()
        : base("ticket", t => t.Id, TicketJson.Default.Ticket, IdConverter.Create<TicketId, Ulid>(id => id.Value, ulid => new TicketId(ulid)))
    {
        GenerateIds(IdGenerators.Create(IdGenerators.Ulid(), ulid => new TicketId(ulid)), (ticket, id) => ticket with { Id = id });
    }
}

[JsonSerializable(typeof(Ticket))]
public sealed partial class TicketJson : JsonSerializerContext;

// end-snippet
public sealed record Invoice(long Id, decimal Total);

public sealed class InvoiceModel : EntityModel<Invoice, long>
{
    public InvoiceModel()
        : base("invoice", i => i.Id, InvoiceJson.Default.Invoice) =>
        GenerateIds(IdGenerators.Sequence(blockSize: 100), (invoice, id) => invoice with { Id = id });
}

[JsonSerializable(typeof(Invoice))]
public sealed partial class InvoiceJson : JsonSerializerContext;

/// <summary>The code of the pages about ids and bulk verbs, and that it does what they say.</summary>
public sealed class TicketTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_id_is_of_its_type_and_given_when_it_is_missing()
    {
        var tickets = _store.Keyspace("shop").Repository<Ticket, TicketModel>(new TicketModel());
        var cancellationToken = Cancellation;

        // snippet: ids-use
        var ticket = await tickets.InsertAsync(new Ticket(default, "The lamp flickers"), cancellationToken);
        var same = await tickets.GetAsync(ticket.Id, cancellationToken);

        // end-snippet
        Assert.NotEqual(default, ticket.Id);
        Assert.Equal(ticket, same);
        Assert.True(await _store.ExistsAsync($"{{shop}}:ticket:{ticket.Id.Value}", cancellationToken));
    }

    [Fact]
    public async Task A_change_can_not_wait_for_a_sequence()
    {
        var shop = _store.Keyspace("shop");
        var invoices = shop.Repository<Invoice, InvoiceModel>(new InvoiceModel());
        Assert.Throws<ModelException>(() => shop.Change().Insert(invoices, new Invoice(0, 9.50m)));
        Assert.Equal(1, (await invoices.InsertAsync(new Invoice(0, 9.50m), Cancellation)).Id);
        Assert.Equal(100, (await _store.GetAsync("{shop}:seq:invoice", Cancellation)).AsInt64());
        Assert.NotNull(await invoices.GetAsync(1L, Cancellation));
    }

    [Fact]
    public async Task Each_of_many_has_an_outcome()
    {
        var invoices = _store.Keyspace("shop").Repository<Invoice, InvoiceModel>(new InvoiceModel());
        var imported = Enumerable.Range(1, 50).Select(i => new Invoice(i, i)).ToArray();
        var told = new List<BulkProgress>();
        var progress = new Told(told.Add);
        var cancellationToken = Cancellation;
        await invoices.InsertAsync(new Invoice(7, 1), cancellationToken);

        // snippet: bulk-insert
        var report = await invoices.InsertManyAsync(imported, new BulkOptions { MaximumInFlight = 100, Progress = progress, ProgressEvery = 10 }, cancellationToken);
        foreach (var failed in report.Results.Where(result => !result.IsSuccess))
        {
            Console.WriteLine($"invoice {imported[failed.Index].Id}: {failed.Error!.Message}");
        }

        // end-snippet
        Assert.Equal((49, 1), (report.Succeeded, report.Failed));
        Assert.IsType<EntityExistsException>(report.Results[6].Error);
        Assert.Equal([10, 20, 30, 40, 50], told.Select(progress => progress.Completed));
        Assert.Equal(1, Assert.Throws<BulkException>(report.ThrowIfAnyFailed).Failed);
        await Assert.ThrowsAsync<ArgumentException>(async () => await invoices.UpdateManyAsync([imported[0], imported[0]], cancellationToken: cancellationToken));
    }

    [Fact]
    public async Task What_streams_in_is_written_as_it_comes()
    {
        var invoices = _store.Keyspace("shop").Repository<Invoice, InvoiceModel>(new InvoiceModel());
        var cancellationToken = Cancellation;
        var failed = 0;

        // snippet: bulk-stream
        await foreach (var result in invoices.UpsertManyAsync(ReadInvoicesAsync(cancellationToken), cancellationToken: cancellationToken))
        {
            failed += result.IsSuccess ? 0 : 1;
        }

        // end-snippet
        Assert.Equal(0, failed);
        Assert.Equal([true, false], await invoices.ExistManyAsync([1_000L, 1_001L], cancellationToken));

        static async IAsyncEnumerable<Invoice> ReadInvoicesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var i = 1; i <= 1_000; i++)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return new Invoice(i, i);
            }
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private sealed class Told(Action<BulkProgress> tell) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => tell(value);
    }
}
