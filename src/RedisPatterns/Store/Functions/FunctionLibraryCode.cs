using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RedisPatterns;

/// <summary>The code of a library. Texts that several functions share stand in it once.</summary>
internal sealed class FunctionLibraryCode
{
    private readonly Dictionary<string, (int First, int Count)> _lines;

    private FunctionLibraryCode(string text, string digest, Dictionary<string, (int First, int Count)> lines) =>
        (Text, Digest, _lines) = (text, digest, lines);

    public string Text { get; }

    /// <summary>Of what users write alone: what this package puts around it may change without a new version.</summary>
    public string Digest { get; }

    public static FunctionLibraryCode Of(FunctionLibrary library)
    {
        if (library.Functions.Count == 0)
        {
            throw new InvalidOperationException($"The library {library.Name} has no functions.");
        }

        var digest = DigestOf(library);
        var code = new StringBuilder();
        var lines = new Dictionary<string, (int First, int Count)>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var line = 1;
        void Append(string text)
        {
            code.Append(text).Append('\n');
            line += 1 + text.AsSpan().Count('\n');
        }

        Append($"#!lua name={library.Name}");
        Append(Head(library));
        foreach (var function in library.Functions)
        {
            if (numbers.TryAdd(function.Lua, numbers.Count + 1))
            {
                lines.Add(function.Lua, (line, 1 + function.Lua.AsSpan().Count('\n')));
                Append(Invariant($"f[{numbers.Count}]=checked(function(KEYS,ARGV) {function.Lua}"));
                Append("end)");
            }

            Append(Registration(function.Name, Invariant($"f[{numbers[function.Lua]}]"), FlagsOf(function)));
        }

        Append(Registration(
            $"{library.Name}_{FunctionLibraryMark.Function}",
            Invariant($"function() return {library.Version} end"),
            "'no-writes'",
            FunctionLibraryMark.Of(library.Version, digest)));
        return new(code.ToString(), digest, lines);
    }

    /// <summary>The line within a text for a line of the code.</summary>
    public int? LineOf(string lua, int line) =>
        _lines.TryGetValue(lua, out var place) && line >= place.First && line <= place.First + place.Count ? Math.Min(line - place.First + 1, place.Count) : null;

    // The caller's version comes first. A function that is older answers so, and has done nothing.
    private static string Head(FunctionLibrary library) => Invariant($$"""
        local f={}
        local function checked(run)
          return function(KEYS,ARGV)
            local wanted=tonumber(ARGV[1])
            if not wanted then return redis.error_reply('NOVERSION the first argument is the version that is wanted, or 0') end
            if wanted>{{library.Version}} then return redis.error_reply('{{FunctionLibrary.OutdatedError}} the library has version {{library.Version}}') end
            table.remove(ARGV,1)
            return run(KEYS,ARGV)
          end
        end
        """);

    private static string Registration(string name, string callback, string flags, string? description = null) =>
        $"redis.register_function{{function_name='{name}',callback={callback},flags={{{flags}}}{(description is null ? "" : $",description='{description}'")}}}";

    private static string FlagsOf(LibraryFunction function) => function.IsReadOnly ? "'no-writes'" : function.RunsAtMemoryLimit ? "'allow-oom'" : "";

    // The digest tells two codes apart; it is not a safeguard.
#pragma warning disable CA5350
    private static string DigestOf(FunctionLibrary library)
    {
        var text = new StringBuilder();
        foreach (var function in library.Functions)
        {
            text.Append(CultureInfo.InvariantCulture, $"{function.Name} {FlagsOf(function)} {function.Lua.Length}\n{function.Lua}\n");
        }

        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
#pragma warning restore CA5350

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
