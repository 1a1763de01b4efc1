using System.Text;

namespace Narration;

/// <summary>Reads a CSV file of a sample: a row of names, then values with quotes where they hold a comma.</summary>
public static class CsvFile
{
    /// <summary>The rows of a file after the first.</summary>
    public static IEnumerable<string[]> Read(string path) => File.ReadLines(path, Encoding.UTF8).Skip(1).Select(Split);

    /// <summary>The values of a row.</summary>
    public static string[] Split(string row)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == '"' && quoted && i + 1 < row.Length && row[i + 1] == '"')
            {
                value.Append('"');
                i++;
            }
            else if (row[i] == '"')
            {
                quoted = !quoted;
            }
            else if (row[i] == ',' && !quoted)
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else
            {
                value.Append(row[i]);
            }
        }

        return [.. values, value.ToString()];
    }
}
