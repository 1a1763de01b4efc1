namespace Narration;

/// <summary>Rows of values.</summary>
/// <param name="Columns">The names of the columns; numbers stand to the right when the name begins with '#'.</param>
/// <param name="Rows">The rows.</param>
public sealed record TableAnswer(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Answer
{
    public override IReadOnlyList<string> Lines => [.. Rows.Prepend([.. Columns.Select(Name)]).Select(Line)];

    public static bool IsNumber(string column) => column.StartsWith('#');

    public static string Name(string column) => column.TrimStart('#');

    private string Line(IReadOnlyList<string> row) => string.Join("  ", Columns.Select((_, i) => Cell(row, i))).TrimEnd();

    private string Cell(IReadOnlyList<string> row, int column)
    {
        var width = Rows.Select(other => other[column].Length).Append(Name(Columns[column]).Length).Max();
        return IsNumber(Columns[column]) ? row[column].PadLeft(width) : row[column].PadRight(width);
    }
}
