using System.Text.Json.Serialization;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Entities;

/// <summary>A patch can not give an entity another id, whatever the layout.</summary>
public sealed class IdPatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_patch_of_the_id_is_refused_and_one_of_another_text_is_not(bool isNew)
    {
        await using var store = new InMemoryKeyValueStore();
        foreach (var layout in new[] { EntityLayout.Document(), EntityLayout.Hash, EntityLayout.Attributes, EntityLayout.Chunked(1_024) })
        {
            var cards = store.Keyspace(layout.ToString()).Repository<Card, CardModel>(new CardModel(layout));
            await cards.InsertAsync(new Card("a", "title"), Cancellation);

            // A process that has not seen an entity yet does not know which field is the id.
            var other = isNew ? new Keyspace(new RoundTripCountingKeyValueStore(store, ownsInner: false), layout.ToString()).Repository<Card, CardModel>(new CardModel(layout)) : cards;
            await Assert.ThrowsAsync<ModelException>(async () => await other.PatchAsync("a", p => p.Set(m => m.Id, "b"), Cancellation));
            await other.PatchAsync("a", p => p.Set(m => m.Title, "new"), Cancellation);
            Assert.Equal(new Card("a", "new"), await cards.GetAsync("a", Cancellation));
        }
    }

    internal sealed record Card(string Id, string Title);

    internal sealed class CardModel : EntityModel<Card>
    {
        public CardModel(EntityLayout layout)
            : base("card", card => card.Id, IdPatchJson.Default.Card)
        {
            StoreAs(layout);
            Id = Field("Id", card => card.Id);
            Title = Field("Title", card => card.Title);
        }

        public EntityField<Card, string> Id { get; }

        public EntityField<Card, string> Title { get; }
    }
}

[JsonSerializable(typeof(IdPatchTests.Card))]
internal sealed partial class IdPatchJson : JsonSerializerContext;
