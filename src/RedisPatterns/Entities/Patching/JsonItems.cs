namespace RedisPatterns;

/// <summary>The items of a JSON array as texts, without reading what they are.</summary>
internal static class JsonItems
{
    /// <summary>The items; null when the text ends inside a string.</summary>
    public static List<string>? Split(string array)
    {
        var items = new List<string>();
        var (depth, from) = (0, 1);
        for (var i = 1; i < array.Length - 1; i++)
        {
            switch (array[i])
            {
                case '"':
                    for (i++; i < array.Length && array[i] != '"'; i++)
                    {
                        i += array[i] == '\\' ? 1 : 0;
                    }

                    if (i >= array.Length)
                    {
                        return null;
                    }

                    break;
                case '[' or '{':
                    depth++;
                    break;
                case ']' or '}':
                    depth--;
                    break;
                case ',' when depth == 0:
                    Add(array[from..i]);
                    from = i + 1;
                    break;
                default:
                    break;
            }
        }

        Add(array[from..^1]);
        return items;

        void Add(string item)
        {
            if (item.Trim(' ', '\t', '\r', '\n') is { Length: > 0 } text)
            {
                items.Add(text);
            }
        }
    }
}
