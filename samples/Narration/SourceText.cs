using System.Text.RegularExpressions;

namespace Narration;

/// <summary>Turns the text of a lambda, as the compiler hands it over, into the code to show.</summary>
public static partial class SourceText
{
    /// <summary>The code that runs inside the lambda, without its frame, its indentation and the cancellation token.</summary>
    public static string Tidy(string lambda)
    {
        var arrow = lambda.IndexOf("=>", StringComparison.Ordinal);
        var body = lambda[(arrow + 2)..].Trim().ReplaceLineEndings("\n");
        body = Token().Replace(body, "");
        if (body.StartsWith('{'))
        {
            return string.Join('\n', Unindent(body[1..^1].Trim('\n', ' ').Split('\n'), 0));
        }

        var code = body.StartsWith("await ", StringComparison.Ordinal) || body.StartsWith('(') ? body : "await " + body;
        return string.Join('\n', Unindent(code.Split('\n'), 4));
    }

    // The first line has lost its indentation; the others have theirs of the file.
    private static IEnumerable<string> Unindent(string[] lines, int indent)
    {
        var common = lines.Skip(1).Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return lines.Take(1).Concat(lines.Skip(1).Select(line => line.Trim().Length == 0 ? "" : new string(' ', indent) + line[common..]));
    }

    [GeneratedRegex(@"(,\s*|(?<=\())(cancellationToken: )?cancellationToken(?=\))")]
    private static partial Regex Token();
}
