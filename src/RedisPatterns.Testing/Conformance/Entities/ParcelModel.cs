using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns.Testing;

/// <summary>The model of an entity with an id of any type.</summary>
internal sealed class ParcelModel<TId> : EntityModel<Parcel<TId>, TId>
{
    public ParcelModel(string name, JsonTypeInfo<Parcel<TId>> json, IdConverter<TId>? converter = null, IdGenerator<TId>? generator = null)
        : base(name, parcel => parcel.Id, json, converter)
    {
        ByCode = Unique("code", parcel => parcel.Code);
        ByText = Tag("text", parcel => parcel.Text);
        if (generator is not null)
        {
            GenerateIds(generator, (parcel, id) => parcel with { Id = id });
        }
    }

    public UniqueIndex<Parcel<TId>, string?> ByCode { get; }

    public TagIndex<Parcel<TId>, string> ByText { get; }
}
