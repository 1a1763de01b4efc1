using System.Globalization;

namespace RedisPatterns;

/// <summary>What a write of an entity gives the script to store, by layout.</summary>
internal static class EntityContent
{
    /// <summary>The arguments that hold an entity.</summary>
    /// <param name="schema">The model.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="knowsVersion">Whether it has the version that will be stored; else the script puts it in.</param>
    public static StoreValue[] Of<T>(EntitySchema<T> schema, T entity, bool knowsVersion)
        where T : class
    {
        if (schema.Layout.Kind != LayoutKind.Document)
        {
            return OfFields(schema, FieldTable.Split(schema.Serialize(entity), schema.Names), schema.Shape.Schema);
        }

        if (schema.Json is null)
        {
            if (!schema.IsVersioned)
            {
                return [Checked(schema, FormatEnvelope.Write(schema.Format!, entity, schema.Shape.Schema))];
            }

            var (start, end) = FormatEnvelope.WriteAround(schema.Format!, entity, schema.Shape.Schema);
            return [Checked(schema, start, end.Length), end];
        }

        if (knowsVersion)
        {
            return [Checked(schema, SchemaHeader.Write(schema.Shape.Schema, (ReadOnlyMemory<byte>)schema.Serialize(entity)))];
        }

        var (head, tail) = schema.SerializeAround(entity);
        return [Checked(schema, SchemaHeader.Write(schema.Shape.Schema, head), tail.Length), tail];
    }

    /// <summary>The arguments that hold a document of a version of the schema, in a layout without parts.</summary>
    public static StoreValue[] OfBody<T>(EntitySchema<T> schema, ReadOnlyMemory<byte> body, int version)
        where T : class => schema.Layout.Kind == LayoutKind.Document
            ? [Checked(schema, SchemaHeader.Write(version, body))]
            : OfFields(schema, FieldTable.Split(body, schema.Names), version);

    /// <summary>The arguments that hold fields, among which the script puts the version.</summary>
    public static StoreValue[] OfFields<T>(EntitySchema<T> schema, FieldTable table, int schemaVersion)
        where T : class
    {
        foreach (ref readonly var field in table.Fields)
        {
            Checked(schema, field.Text);
        }

        var version = schema.VersionMember ?? "";
        if (schema.Layout.Kind == LayoutKind.Attributes)
        {
            var names = new string[table.Count];
            var attributes = new StoreValue[2 * (table.Count + 1)];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = KeyGrammar.Escape(table[i].Name);
                attributes[(2 * i) + 2] = names[i];
                attributes[(2 * i) + 3] = table[i].Text;
            }

            attributes[0] = KeyGrammar.EscapeName(version);
            attributes[1] = AttributeList.Format(schemaVersion.ToString(CultureInfo.InvariantCulture), names);
            return attributes;
        }

        var hasHeader = schemaVersion > 1 || table.Count == 0;
        var content = new StoreValue[2 * (table.Count + (hasHeader ? 2 : 1))];
        (content[0], content[1]) = (version, "");
        if (hasHeader)
        {
            (content[2], content[3]) = (SchemaHeader.Field, schemaVersion);
        }

        var at = hasHeader ? 4 : 2;
        foreach (ref readonly var field in table.Fields)
        {
            content[at++] = field.Name;
            content[at++] = field.Text;
        }

        return content;
    }

    /// <summary>The format that streams entities of a model.</summary>
    public static IEntityFormat<T> FormatOf<T>(EntitySchema<T> schema)
        where T : class => schema.Format ?? new JsonEntityFormat<T>(schema.Json!);

    private static StoreValue Checked<T>(EntitySchema<T> schema, StoreValue value, long more = 0)
        where T : class =>
        value.GetByteCount() + more <= schema.Layout.MaximumBytes ? value : throw new EntityTooLargeException(schema.Name, schema.Layout.MaximumBytes);
}
