using System.Diagnostics.CodeAnalysis;

namespace Narration;

/// <summary>What the command line asks for.</summary>
/// <param name="Redis">The server's connection string; null for in memory.</param>
/// <param name="Keep">Whether the data stays on the server at the end.</param>
/// <param name="Help">Whether to show the help and nothing else.</param>
public sealed record SampleOptions(string? Redis = null, bool Keep = false, bool Help = false)
{
    /// <summary>Reads the command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="options">What they ask for.</param>
    /// <param name="error">What is wrong with them, when they can not be read.</param>
    public static bool TryParse(
        IReadOnlyList<string> args, [NotNullWhen(true)] out SampleOptions? options, [NotNullWhen(false)] out string? error)
    {
        options = new SampleOptions();
        error = null;
        for (var i = 0; i < args.Count && error is null; i++)
        {
            switch (args[i])
            {
                case "--help" or "-h":
                    options = options with { Help = true };
                    break;
                case "--keep":
                    options = options with { Keep = true };
                    break;
                case "--redis" when i + 1 < args.Count && args[i + 1] is { Length: > 0 } connection && !connection.StartsWith('-'):
                    options = options with { Redis = connection };
                    i++;
                    break;
                case "--redis":
                    error = "--redis needs a connection, such as --redis localhost:6379.";
                    break;
                default:
                    error = $"'{args[i]}' is no option.";
                    break;
            }
        }

        if (error is null && options is { Keep: true, Redis: null, Help: false })
        {
            error = "--keep needs --redis: what is in memory ends with the program.";
        }

        if (error is null) return true;
        options = null;
        return false;
    }
}
