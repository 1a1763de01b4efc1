using System.Runtime.InteropServices;
using System.Text.Json;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The members of one JSON object as fields, in their order.</summary>
internal sealed class FieldTable
{
    // Above so many fields they are found by a dictionary.
    private const int FewFields = 16;

    // As deep as the serializer may have been told to write.
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = int.MaxValue };

    private readonly List<FieldEntry> _fields;
    private Dictionary<string, int>? _places;

    public FieldTable(int capacity = 0) => _fields = new(capacity);

    public int Count => _fields.Count;

    /// <summary>The fields, to be enumerated; not across a change of the table.</summary>
    public ReadOnlySpan<FieldEntry> Fields => CollectionsMarshal.AsSpan(_fields);

    public FieldEntry this[int index] => _fields[index];

    /// <summary>The members of a JSON object; of several with one name the last counts. Texts refer to the JSON where they can.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static FieldTable Split(ReadOnlyMemory<byte> json, NameTable? names = null)
    {
        var table = new FieldTable(FewFields);
        var reader = new Utf8JsonReader(json.Span, ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The document is not a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameOf(ref reader, names);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            table.Set(name, FieldText.FromJson(json[start..(int)reader.BytesConsumed]));
        }

        // Anything behind the object is refused by the reader.
        reader.Read();
        return table;
    }

    /// <summary>The fields of a hash as it was read.</summary>
    public static FieldTable From(ReadOnlySpan<HashEntry> entries, NameTable? names = null)
    {
        var table = new FieldTable(entries.Length);
        foreach (ref readonly var entry in entries)
        {
            table._fields.Add(new(names?.Get(entry.Field) ?? entry.Field.ToString(), entry.Value));
        }

        return table;
    }

    /// <summary>The JSON object of the fields.</summary>
    public byte[] Join()
    {
        using var output = PooledBuffer.Rent();
        JoinTo(output);
        return output.ToArray();
    }

    /// <summary>Appends the JSON object of the fields.</summary>
    public void JoinTo(PooledBuffer output)
    {
        Span<byte> scratch = stackalloc byte[128];
        FieldJson.Begin(output);
        foreach (ref readonly var field in Fields)
        {
            FieldJson.Add(((StoreValue)field.Name).GetBytes(scratch), field.Text, output);
        }

        FieldJson.End(output);
    }

    public bool TryGet(string name, out StoreValue text)
    {
        var at = PlaceOf(name);
        text = at < 0 ? default : _fields[at].Text;
        return at >= 0;
    }

    /// <summary>Gives a field a value, in its place, or as the last one when it is new.</summary>
    public void Set(string name, StoreValue text)
    {
        var at = PlaceOf(name);
        if (at >= 0)
        {
            _fields[at] = new(name, text);
            return;
        }

        _fields.Add(new(name, text));
        _places?.Add(name, _fields.Count - 1);
    }

    /// <summary>Removes a field.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name)
    {
        var at = PlaceOf(name);
        if (at < 0)
        {
            return false;
        }

        _fields.RemoveAt(at);
        _places = null;
        return true;
    }

    private int PlaceOf(string name)
    {
        if (_fields.Count > FewFields)
        {
            return (_places ??= Index()).TryGetValue(name, out var place) ? place : -1;
        }

        var fields = Fields;
        for (var i = 0; i < fields.Length; i++)
        {
            if (string.Equals(fields[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private Dictionary<string, int> Index()
    {
        var places = new Dictionary<string, int>(2 * _fields.Count, StringComparer.Ordinal);
        for (var i = 0; i < _fields.Count; i++)
        {
            places.Add(_fields[i].Name, i);
        }

        return places;
    }

    private static string NameOf(ref Utf8JsonReader reader, NameTable? names)
    {
        if (names is not null && !reader.ValueIsEscaped)
        {
            return names.Get(reader.ValueSpan);
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The name of a member has no UTF-8 form.", exception);
        }
    }
}
