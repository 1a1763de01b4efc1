namespace RedisPatterns;

// What a model counts and sums.
public abstract partial class EntityModelBase<T>
{
    /// <summary>Declares a count of the entities, kept up by every write, delete and expiry in the same step.</summary>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected EntityTotal<T, long> Count(string name, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        return DeclareIndex(new EntityTotal<T, long>(this, name, new(TotalUnits.Entities, when, revision) { From = from }));
    }

    /// <summary>Declares a count of the entities by group, kept up by every write, delete and expiry in the same step.</summary>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="by">Gives an entity's group, a tuple for several values together; null for none.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected GroupTotal<T, TGroup, long> Count<TGroup>(string name, Func<T, TGroup> by, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(by);
        return DeclareIndex(new GroupTotal<T, TGroup, long>(this, name, new(TotalUnits.Entities, when, revision) { From = from }, by));
    }

    /// <summary>Declares a count of the entities by a field: a patch of the field keeps it right without reading the entity.</summary>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="field">The field whose values are the groups; an entity for which it is null does not count.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected GroupTotal<T, TGroup, long> Count<TGroup>(string name, EntityField<T, TGroup> field, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(field);
        return DeclareIndex(new GroupTotal<T, TGroup, long>(this, name, new(TotalUnits.Entities, null, revision), field.Of) { Source = field, IsDirect = true });
    }

    /// <summary>Declares a count of the entities by period, kept up by every write, delete and expiry in the same step.</summary>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="period">How long a period is.</param>
    /// <param name="at">Gives the moment by which an entity lies in a period; null in none.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1, or there is no such period.</exception>
    protected PeriodTotal<T, long> Count(string name, Period period, Func<T, DateTimeOffset?> at, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(at);
        return DeclareIndex(new PeriodTotal<T, long>(this, name, new(TotalUnits.Entities, when, revision) { Period = Known(period), At = at, From = from }));
    }

    /// <summary>Declares a count of the entities by period and group, kept up by every write, delete and expiry in the same step.</summary>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="period">How long a period is.</param>
    /// <param name="at">Gives the moment by which an entity lies in a period; null in none.</param>
    /// <param name="by">Gives an entity's group, a tuple for several values together; null for none.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1, or there is no such period.</exception>
    protected PeriodGroupTotal<T, TGroup, long> Count<TGroup>(string name, Period period, Func<T, DateTimeOffset?> at, Func<T, TGroup> by, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(by);
        return DeclareIndex(new PeriodGroupTotal<T, TGroup, long>(this, name, new(TotalUnits.Entities, when, revision) { Period = Known(period), At = at, From = from }, by));
    }

    /// <summary>Declares a sum of whole numbers of the entities, kept up by every write, delete and expiry in the same step.</summary>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="value">Gives an entity's number; null for none.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected EntityTotal<T, long> Sum(string name, Func<T, long?> value, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return DeclareIndex(new EntityTotal<T, long>(this, name, new(TotalUnits.Whole, when, revision) { Number = value, From = from }));
    }

    /// <summary>Declares a sum of whole numbers of the entities by group, kept up by every write, delete and expiry in the same step.</summary>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="value">Gives an entity's number; null for none.</param>
    /// <param name="by">Gives an entity's group, a tuple for several values together; null for none.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected GroupTotal<T, TGroup, long> Sum<TGroup>(string name, Func<T, long?> value, Func<T, TGroup> by, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(by);
        return DeclareIndex(new GroupTotal<T, TGroup, long>(this, name, new(TotalUnits.Whole, when, revision) { Number = value, From = from }, by));
    }

    /// <summary>Declares a sum of whole numbers of the entities by period, kept up by every write, delete and expiry in the same step.</summary>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="value">Gives an entity's number; null for none.</param>
    /// <param name="period">How long a period is.</param>
    /// <param name="at">Gives the moment by which an entity lies in a period; null in none.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1, or there is no such period.</exception>
    protected PeriodTotal<T, long> Sum(string name, Func<T, long?> value, Period period, Func<T, DateTimeOffset?> at, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(at);
        return DeclareIndex(new PeriodTotal<T, long>(this, name, new(TotalUnits.Whole, when, revision) { Number = value, Period = Known(period), At = at, From = from }));
    }

    /// <summary>Declares a sum of whole numbers of the entities by period and group, kept up by every write, delete and expiry in the same step.</summary>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="value">Gives an entity's number; null for none.</param>
    /// <param name="period">How long a period is.</param>
    /// <param name="at">Gives the moment by which an entity lies in a period; null in none.</param>
    /// <param name="by">Gives an entity's group, a tuple for several values together; null for none.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1, or there is no such period.</exception>
    protected PeriodGroupTotal<T, TGroup, long> Sum<TGroup>(string name, Func<T, long?> value, Period period, Func<T, DateTimeOffset?> at, Func<T, TGroup> by, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(by);
        return DeclareIndex(new PeriodGroupTotal<T, TGroup, long>(this, name, new(TotalUnits.Whole, when, revision) { Number = value, Period = Known(period), At = at, From = from }, by));
    }

    /// <summary>Declares an exact sum of numbers with decimals of the entities, kept up by every write, delete and expiry in the same step.</summary>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="value">Gives an entity's number; null for none.</param>
    /// <param name="decimals">How many decimals are kept, 0 to 9; a number with more is refused with <see cref="IndexValueException"/> when it is written. An entity's number has 15 digits at most, the sum 18.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1, the number of decimals is out of range.</exception>
    protected EntityTotal<T, decimal> Sum(string name, Func<T, decimal?> value, int decimals = 4, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return DeclareIndex(new EntityTotal<T, decimal>(this, name, new(TotalUnits.Decimals(decimals), when, revision) { Number = value, From = from }));
    }

    /// <summary>Declares an exact sum of numbers with decimals of the entities by group, kept up by every write, delete and expiry in the same step.</summary>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="value">Gives an entity's number; null for none.</param>
    /// <param name="by">Gives an entity's group, a tuple for several values together; null for none.</param>
    /// <param name="decimals">How many decimals are kept, 0 to 9; a number with more is refused with <see cref="IndexValueException"/> when it is written. An entity's number has 15 digits at most, the sum 18.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1, the number of decimals is out of range.</exception>
    protected GroupTotal<T, TGroup, decimal> Sum<TGroup>(string name, Func<T, decimal?> value, Func<T, TGroup> by, int decimals = 4, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(by);
        return DeclareIndex(new GroupTotal<T, TGroup, decimal>(this, name, new(TotalUnits.Decimals(decimals), when, revision) { Number = value, From = from }, by));
    }

    /// <summary>Declares an exact sum of numbers with decimals of the entities by period, kept up by every write, delete and expiry in the same step.</summary>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="value">Gives an entity's number; null for none.</param>
    /// <param name="period">How long a period is.</param>
    /// <param name="at">Gives the moment by which an entity lies in a period; null in none.</param>
    /// <param name="decimals">How many decimals are kept, 0 to 9; a number with more is refused with <see cref="IndexValueException"/> when it is written. An entity's number has 15 digits at most, the sum 18.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1, the number of decimals is out of range, or there is no such period.</exception>
    protected PeriodTotal<T, decimal> Sum(string name, Func<T, decimal?> value, Period period, Func<T, DateTimeOffset?> at, int decimals = 4, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(at);
        return DeclareIndex(new PeriodTotal<T, decimal>(this, name, new(TotalUnits.Decimals(decimals), when, revision) { Number = value, Period = Known(period), At = at, From = from }));
    }

    /// <summary>Declares an exact sum of numbers with decimals of the entities by period and group, kept up by every write, delete and expiry in the same step.</summary>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="value">Gives an entity's number; null for none.</param>
    /// <param name="period">How long a period is.</param>
    /// <param name="at">Gives the moment by which an entity lies in a period; null in none.</param>
    /// <param name="by">Gives an entity's group, a tuple for several values together; null for none.</param>
    /// <param name="decimals">How many decimals are kept, 0 to 9; a number with more is refused with <see cref="IndexValueException"/> when it is written. An entity's number has 15 digits at most, the sum 18.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1, the number of decimals is out of range, or there is no such period.</exception>
    protected PeriodGroupTotal<T, TGroup, decimal> Sum<TGroup>(string name, Func<T, decimal?> value, Period period, Func<T, DateTimeOffset?> at, Func<T, TGroup> by, int decimals = 4, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(by);
        return DeclareIndex(new PeriodGroupTotal<T, TGroup, decimal>(this, name, new(TotalUnits.Decimals(decimals), when, revision) { Number = value, Period = Known(period), At = at, From = from }, by));
    }

    /// <summary>Declares that the least and the greatest value of the entities can be told, whatever is written, deleted or expires.</summary>
    /// <typeparam name="TValue">The type of the values: a text, number, date, duration, enum, bool or Guid.</typeparam>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="value">Gives an entity's value; null for none.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected EntityExtremes<T, TValue> Extremes<TValue>(string name, Func<T, TValue> value, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return DeclareIndex(new EntityExtremes<T, TValue>(this, name, value, revision, when, from));
    }

    /// <summary>Declares that the least and the greatest value of the entities by group can be told, whatever is written, deleted or expires.</summary>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <typeparam name="TValue">The type of the values: a text, number, date, duration, enum, bool or Guid.</typeparam>
    /// <param name="name">The name, part of its key; unique among the indexes of the model.</param>
    /// <param name="value">Gives an entity's value; null for none.</param>
    /// <param name="by">Gives an entity's group, a tuple for several values together; null for none.</param>
    /// <param name="when">Which entities count; null for all.</param>
    /// <param name="revision">1, and one more whenever what makes a part changes: a total of another revision is counted anew.</param>
    /// <param name="from">The fields that an entity's part follows from: a patch of others leaves the total alone without reading the entity; null when it may follow from anything.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected GroupExtremes<T, TGroup, TValue> Extremes<TGroup, TValue>(string name, Func<T, TValue> value, Func<T, TGroup> by, Func<T, bool>? when = null, int revision = 1, IReadOnlyList<EntityField<T>>? from = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(by);
        return DeclareIndex(new GroupExtremes<T, TGroup, TValue>(this, name, value, by, revision, when, from));
    }

    private static Period Known(Period period)
    {
        _ = period.Letter();
        return period;
    }
}
