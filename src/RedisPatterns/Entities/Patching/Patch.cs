using System.Globalization;
using System.Numerics;
using System.Text;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Changes of single fields of an entity, carried out in order, all or none.</summary>
/// <remarks>
/// Where fields lie apart (<see cref="EntityLayout.Hash"/>, <see cref="EntityLayout.Attributes"/>) the server changes them
/// without the entity being read: one round trip. It is read first, and the write tried again when it has changed meanwhile,
/// where the whole is one document, where an index is declared over a function of the whole entity, or where the server
/// can not work out an index entry: a field that is unset, or a function of a number that it adds to. Nothing else differs.
/// </remarks>
/// <typeparam name="T">The type of the entity.</typeparam>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class Patch<T, TModel>
    where T : class
    where TModel : EntityModelBase<T>
{
    private readonly TModel _model;
    private readonly List<PatchStep<T>> _steps = [];

    internal Patch(TModel model) => _model = model;

    internal List<PatchStep<T>> Steps => _steps;

    internal long? ExpectedVersion { get; private set; }

    internal Expiry NewExpiry { get; private set; }

    /// <summary>Sets a field.</summary>
    /// <typeparam name="TValue">The type of the field.</typeparam>
    /// <param name="field">Names the field.</param>
    /// <param name="value">The new value.</param>
    public Patch<T, TModel> Set<TValue>(Func<TModel, EntityField<T, TValue>> field, TValue value)
    {
        var handle = Handle(field);
        return Add(new(PatchKind.Set, handle, handle.TextOf(value), value));
    }

    /// <summary>Sets a collection to some items.</summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="field">Names the collection.</param>
    /// <param name="items">The items.</param>
    public Patch<T, TModel> Set<TItem>(Func<TModel, EntityCollection<T, TItem>> field, IEnumerable<TItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var handle = Handle(field);
        TItem[] copy = [.. items];
        return Add(new(PatchKind.Set, handle, (byte[])[(byte)'[', .. handle.JsonOf(copy), (byte)']'], copy));
    }

    /// <summary>Removes a field from the document; the entity has the type's default for it from then on.</summary>
    /// <param name="field">Names the field.</param>
    /// <exception cref="ModelException">The type requires the field.</exception>
    public Patch<T, TModel> Unset(Func<TModel, EntityField<T>> field)
    {
        var handle = Handle(field);
        return handle.IsRequired
            ? throw new ModelException($"{handle}: the type requires the member; it can not be unset.")
            : Add(new(PatchKind.Unset, handle, ""));
    }

    /// <summary>Adds to a number; a field that is not there counts as 0. Integers and decimals are added exactly.</summary>
    /// <remarks>A sum that the type can not hold refuses the patch with <see cref="PatchException"/>.</remarks>
    /// <typeparam name="TNumber">The type of the number: an integer, a decimal, a double or a float.</typeparam>
    /// <param name="field">Names the field.</param>
    /// <param name="by">What is added; negative to subtract.</param>
    public Patch<T, TModel> Increment<TNumber>(Func<TModel, EntityField<T, TNumber>> field, TNumber by)
        where TNumber : struct, INumber<TNumber> => Increment(Handle(field), by);

    /// <summary>Adds to a number that may be null; null, and a field that is not there, count as 0.</summary>
    /// <remarks>A sum that the type can not hold refuses the patch with <see cref="PatchException"/>.</remarks>
    /// <typeparam name="TNumber">The type of the number: an integer, a decimal, a double or a float.</typeparam>
    /// <param name="field">Names the field.</param>
    /// <param name="by">What is added; negative to subtract.</param>
    public Patch<T, TModel> Increment<TNumber>(Func<TModel, EntityField<T, TNumber?>> field, TNumber by)
        where TNumber : struct, INumber<TNumber> => Increment(Handle(field), by);

    /// <summary>Appends items to a collection; one that is null or not there is made.</summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="field">Names the collection.</param>
    /// <param name="items">The items; at least one.</param>
    public Patch<T, TModel> Append<TItem>(Func<TModel, EntityCollection<T, TItem>> field, params ReadOnlySpan<TItem> items)
    {
        var handle = Handle(field);
        if (items.IsEmpty)
        {
            throw new ArgumentException("There is nothing to append.", nameof(items));
        }

        TItem[] copy = [.. items];
        return Add(new(PatchKind.Append, handle, handle.JsonOf(copy), copy));
    }

    /// <summary>Removes every item that equals a given one from a collection. Items are equal when their JSON is.</summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="field">Names the collection.</param>
    /// <param name="item">The item.</param>
    public Patch<T, TModel> Remove<TItem>(Func<TModel, EntityCollection<T, TItem>> field, TItem item)
    {
        var handle = Handle(field);
        return Add(new(PatchKind.Remove, handle, handle.JsonOf(item), new[] { item }));
    }

    /// <summary>Demands that the entity has a version; else the patch is refused with <see cref="VersionConflictException"/>.</summary>
    /// <param name="version">The version.</param>
    /// <exception cref="ModelException">The model has no versions.</exception>
    public Patch<T, TModel> WhenVersion(long version)
    {
        ExpectedVersion = _model.Closed.IsVersioned ? version : throw new ModelException($"{_model.Name}: the model has no versions.");
        return this;
    }

    /// <summary>Changes the entity's expiry along with the fields.</summary>
    /// <param name="expiry">The new expiry.</param>
    public Patch<T, TModel> Expire(Expiry expiry)
    {
        NewExpiry = expiry;
        return this;
    }

    private Patch<T, TModel> Increment<TNumber>(EntityField<T> handle, TNumber by)
        where TNumber : struct, INumber<TNumber>
    {
        if (PatchNumber.Of<TNumber>() is not { } number)
        {
            throw new ModelException($"{handle}: numbers of this type can not be added to.");
        }

        if (!TNumber.IsFinite(by))
        {
            throw new ArgumentOutOfRangeException(nameof(by), $"{handle}: the increment must be a finite number.");
        }

        var text = number.Kind == PatchKind.IncrementFloat
            ? FloatFormat.Of(double.CreateChecked(by))
            : by.ToString(null, CultureInfo.InvariantCulture);
        return Add(new(number.Kind, handle, text, null, number.Range));
    }

    private TField Handle<TField>(Func<TModel, TField> field)
        where TField : EntityField<T>
    {
        ArgumentNullException.ThrowIfNull(field);
        var handle = field(_model);
        var closed = _model.Closed;
        return !ReferenceEquals(handle.Model, _model)
            ? throw new ModelException($"{_model.Name}: the field belongs to another model.")
            : handle.Name == closed.VersionMember ? throw new ModelException($"{handle}: the version is not to be patched; every write counts it up.") : handle;
    }

    private Patch<T, TModel> Add(PatchStep<T> step)
    {
        if (step.Text.GetByteCount() > _model.Closed.Layout.MaximumBytes)
        {
            throw new EntityTooLargeException(_model.Name, _model.Closed.Layout.MaximumBytes);
        }

        _steps.Add(step);
        return this;
    }
}
