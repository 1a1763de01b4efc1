using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Makes a JSON object of fields, straight into a buffer.</summary>
internal static class FieldJson
{
    /// <summary>
    /// Appends the object that the fields of a hash are, in whatever order they came. Members that readers want first are
    /// put first; the schema version, which is no member, is left out.
    /// </summary>
    /// <param name="entries">The fields.</param>
    /// <param name="names">The model's names.</param>
    /// <param name="output">The buffer.</param>
    /// <param name="schema">The schema version; 1 when no field says it.</param>
    /// <exception cref="System.Text.Json.JsonException">The schema version is none.</exception>
    public static void JoinTo(ReadOnlySpan<HashEntry> entries, NameTable names, PooledBuffer output, out int schema)
    {
        Span<byte> scratch = stackalloc byte[128];
        var first = 0;
        schema = 1;
        Begin(output);
        foreach (ref readonly var entry in entries)
        {
            var name = entry.Field.GetBytes(scratch);
            if (names.ComesFirst(name))
            {
                first++;
                AddOrRead(name, entry.Value, output, ref schema);
            }
        }

        foreach (ref readonly var entry in entries)
        {
            var name = entry.Field.GetBytes(scratch);
            if (first == 0 || !names.ComesFirst(name))
            {
                Add(name, entry.Value, output);
            }
        }

        End(output);
    }

    /// <summary>Appends the object of fields that were read by name; a field without a value is no member.</summary>
    /// <param name="fields">The names, those that readers want first before the others.</param>
    /// <param name="texts">Their values, in the same order.</param>
    /// <param name="output">The buffer.</param>
    /// <param name="schema">The schema version; 1 when no field says it.</param>
    /// <exception cref="System.Text.Json.JsonException">The schema version is none.</exception>
    public static void JoinTo(ReadOnlySpan<StoreValue> fields, ReadOnlySpan<StoreValue> texts, PooledBuffer output, out int schema)
    {
        Span<byte> scratch = stackalloc byte[128];
        schema = 1;
        Begin(output);
        for (var i = 0; i < fields.Length; i++)
        {
            AddOrRead(fields[i].GetBytes(scratch), texts[i], output, ref schema);
        }

        End(output);
    }

    public static void Begin(PooledBuffer output) => output.Write((byte)'{');

    public static void End(PooledBuffer output) => output.Write((byte)'}');

    /// <summary>Appends a member; none when it has no value.</summary>
    public static void Add(ReadOnlySpan<byte> name, StoreValue text, PooledBuffer output)
    {
        if (text.IsNull)
        {
            return;
        }

        // No member ends with a brace that opens.
        if (output.WrittenSpan[^1] != (byte)'{')
        {
            output.Write((byte)',');
        }

        FieldText.WriteString(name, output);
        output.Write((byte)':');
        FieldText.ToJson(text, output);
    }

    /// <summary>What stands before the value of a member: a comma, the name, a colon.</summary>
    public static byte[] HeadOf(string name)
    {
        using var head = PooledBuffer.Rent();
        head.Write((byte)',');
        FieldText.WriteString(System.Text.Encoding.UTF8.GetBytes(name), head);
        head.Write((byte)':');
        return head.ToArray();
    }

    /// <summary>Appends a member by what stands before its value; none when it has no value.</summary>
    public static void AddHeaded(ReadOnlySpan<byte> head, StoreValue text, PooledBuffer output)
    {
        if (!text.IsNull)
        {
            output.Write(output.WrittenSpan[^1] == (byte)'{' ? head[1..] : head);
            FieldText.ToJson(text, output);
        }
    }

    private static void AddOrRead(ReadOnlySpan<byte> name, StoreValue text, PooledBuffer output, ref int schema)
    {
        if (name.SequenceEqual("$v"u8))
        {
            schema = text.IsNull ? 1 : SchemaHeader.ReadField(text);
        }
        else
        {
            Add(name, text, output);
        }
    }
}
