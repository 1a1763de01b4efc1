namespace RedisPatterns;

/// <summary>A count or a sum over entities that every write, delete and expiry keeps up in the same atomic step.</summary>
/// <remarks>
/// Held as whole numbers, sums in the smallest unit that the model declares, so nothing is ever rounded. A total that would
/// leave the range of 64 bits refuses the write that would do it. Entities that have no value, no group or no moment do not
/// count; nor do those that <c>when</c> leaves out.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TNumber">The type of the total: <see cref="long"/> or <see cref="decimal"/>.</typeparam>
public abstract class TotalIndex<T, TNumber> : EntityIndex<T>
    where T : class
    where TNumber : struct
{
    /// <summary>What stands for the group of a total without groups: the empty text.</summary>
    private protected const string NoGroup = "%";

    private readonly TotalDefinition<T, TNumber> _definition;

    private protected TotalIndex(EntityModelBase<T> model, string name, TotalDefinition<T, TNumber> definition)
        : base(model, name, definition.Unit.IsCount ? IndexKind.Count : IndexKind.Sum, definition.Form, definition.Signature, definition.Revision, definition.When)
    {
        _definition = definition;
        From = definition.From;
    }

    internal TotalUnit<TNumber> Unit => _definition.Unit;

    internal Period Period => _definition.Period!.Value;

    internal override StoreValue EntryOfSource(object? value) => throw new NotSupportedException();

    /// <summary>The group of an entity as a token; null for none.</summary>
    private protected abstract string? GroupOf(T entity);

    private protected override StoreValue EntryOfEntity(T entity)
    {
        if (GroupOf(entity) is not { } group)
        {
            return "";
        }

        var period = "";
        if (_definition.At is { } at)
        {
            if (at(entity) is not { } moment)
            {
                return "";
            }

            period = Period.TextOf(moment) + "/";
        }

        if (_definition.Number is not { } number)
        {
            return period + group;
        }

        return number(entity) is { } value && Unit.Write(value, this) is var units and not 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{units}/{period}{group}") : "";
    }
}
