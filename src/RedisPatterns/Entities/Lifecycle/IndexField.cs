using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>How the state of an index is written in the catalogue: field <c>#name</c>, value <c>r t:status</c>.</summary>
internal static class IndexField
{
    /// <summary>It answers.</summary>
    public const char Ready = 'r';

    /// <summary>It answers when the pending entities are in it.</summary>
    public const char Pending = 'p';

    /// <summary>It is being built; a number behind counts the times that one was ready or disabled before, 0 where it was declared.</summary>
    public const char Building = 'b';

    /// <summary>It is switched off.</summary>
    public const char Disabled = 'd';

    /// <summary>The field of the list of entities.</summary>
    public const string List = "#";

    /// <summary>The field that says that there are entities without memos, of a model that had no indexes and versions.</summary>
    public const string Plain = "@plain";

    /// <summary>The definition of the list of entities, the memos: as an index without a name.</summary>
    public const string ListDefinition = "m:";

    /// <summary>The field of an index by its definition, or by its slot.</summary>
    public static string OfDefinition(string definition)
    {
        var end = definition.IndexOf('=', StringComparison.Ordinal);
        return "#" + (end < 0 ? definition[2..] : definition[2..end]);
    }

    /// <summary>The fields of the indexes that a shape's description names.</summary>
    public static IEnumerable<string> FieldsOf(string description) => description.Split('|', StringSplitOptions.RemoveEmptyEntries).Where(IsDefinition).Select(OfDefinition);

    /// <summary>How the indexes that a shape's description names are held, and their names.</summary>
    public static IEnumerable<(IndexForm Form, string Name)> SlotsOf(string description) =>
        description.Split('|', StringSplitOptions.RemoveEmptyEntries).Where(IsDefinition).Select(part => ((IndexForm)part[0], OfDefinition(part)[1..]));

    /// <summary>Whether a part of a description names an index; one that something else has written may not.</summary>
    public static bool IsDefinition(string part) => part is [var form, ':', not '=', ..] && char.IsAsciiLetter(form);

    /// <summary>The definitions in a registration, that of the list of entities first.</summary>
    public static string[] DefinitionsOf(string registration) =>
        [ListDefinition, .. registration.Split('\n')[1].Split('|', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The state that a value says; an index that is not in the catalogue has still to be built.</summary>
    public static IndexState StateOf(string? value) => value switch
    {
        [Ready or Pending, ..] => IndexState.Ready,
        [Disabled, ..] => IndexState.Disabled,
        _ => IndexState.Building,
    };

    /// <summary>The value of an index that is to be built again: another one each time.</summary>
    public static string NextBuild(IScriptContext context, StoreKey catalogue, string definition) =>
        string.Create(CultureInfo.InvariantCulture, $"{Building}{context.Call(Hashes.Increment(catalogue, "@builds", 1))} {definition}");

    /// <summary>The value of an index that answers.</summary>
    public static string ReadyValue(string definition) => Ready + " " + definition;

    /// <summary>The definition in a value.</summary>
    public static string DefinitionIn(string value) => value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
