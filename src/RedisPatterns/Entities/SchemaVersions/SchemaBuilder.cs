using System.Text.Json;
using System.Text.Json.Nodes;

namespace RedisPatterns;

/// <summary>The schema version of a model, and how documents of earlier versions become documents of this one.</summary>
/// <remarks>
/// A document of version 1 says no version, so that a model costs nothing before its first change. Documents are upgraded
/// when they are read, one version after the other, and stay stored as they are unless <see cref="WriteBack"/> is declared
/// or the entity is written. Data of a later version than the model's is refused with <see cref="SchemaVersionException"/>.
/// </remarks>
public sealed class SchemaBuilder
{
    private readonly string _model;
    private readonly int _version;
    private readonly SortedDictionary<int, Action<JsonObject>> _steps = [];
    private bool _writesBack;
    private bool _preservesUnknownMembers;
    private bool _closed;

    internal SchemaBuilder(string model, int version)
    {
        if (version is < 1 or > SchemaHeader.Largest)
        {
            throw new ModelException($"{model}: the schema version is {version}; it must be 1 to {SchemaHeader.Largest}.");
        }

        _model = model;
        _version = version;
    }

    /// <summary>Declares how a document of one version becomes one of the next.</summary>
    /// <remarks>
    /// The step gets the document as JSON and changes it in place. It is called again for each document that is read, so it
    /// must depend on nothing else and keep no node of it. What it throws reaches the reader within a <see cref="SchemaUpgradeException"/>.
    /// Values that it does not touch stay as they are, numbers to the last digit.
    /// </remarks>
    /// <param name="version">The version it upgrades from; 1 to one less than the model's. Steps may begin later than 1, but none between may be missing.</param>
    /// <param name="upgrade">The step.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ModelException">There is no such step, it is declared already, or the model is in use.</exception>
    public SchemaBuilder UpgradeFrom(int version, Action<JsonObject> upgrade)
    {
        ArgumentNullException.ThrowIfNull(upgrade);
        ThrowIfClosed();
        if (version < 1 || version >= _version)
        {
            throw new ModelException($"{_model}: an upgrade from schema version {version} leads to no version of the model; it must be 1 to {_version - 1}.");
        }

        return _steps.TryAdd(version, upgrade) ? this : throw new ModelException($"{_model}: the upgrade from schema version {version} is declared twice.");
    }

    /// <summary>Declares that a document which was upgraded when it was read is written back, unless it has changed meanwhile.</summary>
    /// <returns>This builder.</returns>
    /// <exception cref="ModelException">The model is in use.</exception>
    public SchemaBuilder WriteBack()
    {
        ThrowIfClosed();
        _writesBack = true;
        return this;
    }

    /// <summary>
    /// Declares that a write keeps what it does not know: members of the stored document, in it and in nested objects, that
    /// the type has not, such as those of newer code.
    /// </summary>
    /// <remarks>Not within arrays, dictionaries, and types with a converter of their own, which are written whole.</remarks>
    /// <returns>This builder.</returns>
    /// <exception cref="ModelException">The model is in use.</exception>
    public SchemaBuilder PreserveUnknownMembers()
    {
        ThrowIfClosed();
        _preservesUnknownMembers = true;
        return this;
    }

    /// <summary>The declared plan; nothing can be declared afterwards.</summary>
    /// <param name="options">The model's JSON options, in whose style upgraded documents are written.</param>
    /// <exception cref="ModelException">A step is missing.</exception>
    internal SchemaPlan Close(JsonSerializerOptions options)
    {
        _closed = true;
        var least = _steps.Count == 0 ? _version : _steps.Keys.First();
        for (var version = least; version < _version; version++)
        {
            if (!_steps.ContainsKey(version))
            {
                throw new ModelException($"{_model}: the upgrade from schema version {version} to {version + 1} is missing.");
            }
        }

        return new SchemaPlan(_model, _version, [.. _steps.Values], options)
        {
            WritesBack = _writesBack,
            PreservesUnknownMembers = _preservesUnknownMembers,
        };
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new ModelException($"{_model}: the model is in use and can not be changed.");
        }
    }
}
