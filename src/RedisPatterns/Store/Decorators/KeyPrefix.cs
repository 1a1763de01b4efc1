using System.Text;

namespace RedisPatterns;

/// <summary>Puts a prefix before names and takes it away.</summary>
internal sealed class KeyPrefix
{
    private readonly string _text;
    private readonly byte[] _bytes;

    public KeyPrefix(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        Utf8.ThrowIfMalformed(prefix, nameof(prefix));
        if (prefix.AsSpan().ContainsAny('{', '}'))
        {
            throw new ArgumentException("A prefix must not hold a brace: it would change the hash tags of the keys.", nameof(prefix));
        }

        _text = prefix;
        _bytes = Encoding.UTF8.GetBytes(prefix);
        Pattern = Escape(prefix);
    }

    /// <summary>The prefix as the beginning of a glob pattern.</summary>
    public string Pattern { get; }

    public StoreKey Add(StoreKey key) => key.TryGetText(out var text) ? _text + text : (byte[])[.. _bytes, .. key.ToArray()];

    public StoreValue Add(StoreValue name) => Join(_bytes, name);

    public StoreValue AddToPattern(StoreValue pattern) => Join(Encoding.UTF8.GetBytes(Pattern), pattern);

    public StoreCommand Add(StoreCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var definition = command.Definition;
        var arguments = new StoreValue[command.ArgumentCount];
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = command[i];
            arguments[i] = argument.IsKey ? StoreValue.FromKey(Add(argument.AsKey())) : argument;
        }

        if (definition.Family == CommandFamily.Channels && arguments.Length > 0)
        {
            arguments[0] = Add(arguments[0]);
        }
        else if (definition.Family == CommandFamily.Keys && (definition.Traits & CommandTraits.Keyless) != 0)
        {
            throw new UnsupportedCommandException($"{definition.Name}: it concerns all keys of the server, of which a prefixed store is a part.");
        }

        return command.Rewrite(arguments, (definition.Traits & CommandTraits.RepliesWithKeys) == 0 ? null : Stripping(definition));
    }

    public StoreKey Remove(StoreKey key) => key.TryGetText(out var text) && text.StartsWith(_text, StringComparison.Ordinal)
        ? text[_text.Length..]
        : key.ToArray() is { } bytes && bytes.AsSpan().StartsWith(_bytes) ? bytes[_bytes.Length..] : key;

    public StoreValue Remove(StoreValue name)
    {
        var bytes = name.AsMemory();
        return bytes.Span.StartsWith(_bytes) ? bytes[_bytes.Length..] : name;
    }

    private static StoreValue Join(byte[] prefix, StoreValue name) => (byte[])[.. prefix, .. name.AsMemory().Span];

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c is '*' or '?' or '[' or ']' or '\\' or '^' or '-' ? escaped.Append('\\').Append(c) : escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Takes the prefix away where the command's reply holds keys.</summary>
    private Func<StoreReply, StoreReply> Stripping(CommandDefinition definition) => definition.Name switch
    {
        "LMPOP" or "ZMPOP" => reply => StripAt(reply, 0),
        "XREAD" or "XREADGROUP" or "KEYRANGE" => StripPairs,
        _ => throw new UnsupportedCommandException($"{definition.Name}: a prefixed store does not know where its reply holds keys."),
    };

    private StoreReply Strip(StoreReply reply) => reply.Kind == StoreReplyKind.Value ? StoreReply.FromValue(Remove(reply.Value)) : reply;

    private StoreReply StripAt(StoreReply reply, int index)
    {
        if (reply.Items.Length <= index)
        {
            return reply;
        }

        var items = reply.Items.ToArray();
        items[index] = Strip(items[index]);
        return StoreReply.Array(items);
    }

    /// <summary>Pairs of a key and what belongs to it, nested as RESP2 sends them or flat as RESP3 does.</summary>
    private StoreReply StripPairs(StoreReply reply)
    {
        var items = reply.Items.ToArray();
        var nested = items.Length > 0 && items[0].Kind == StoreReplyKind.Array;
        for (var i = 0; i < items.Length; i += nested ? 1 : 2)
        {
            items[i] = nested ? StripAt(items[i], 0) : Strip(items[i]);
        }

        return reply.Kind == StoreReplyKind.Array ? StoreReply.Array(items) : reply;
    }
}
