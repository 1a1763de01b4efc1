using System.Security.Cryptography;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Puts other bytes in the place of what a bucket began with, if it still does; what writers have appended since stays behind them.</summary>
/// <remarks>
/// So sealing stands in nobody's way: appends come in between, and another that seals or deletes makes it do nothing. Key: the bucket.
/// Arguments: how many bytes were read, their SHA-1, the new bytes. Tells whether it was done.
/// </remarks>
internal static class SealScript
{
    private const string Lua = """
        local v=redis.call('GET',KEYS[1])
        local n=tonumber(ARGV[1])
        if not v or #v<n or redis.sha1hex(string.sub(v,1,n))~=ARGV[2] then return 0 end
        local w=ARGV[3]..string.sub(v,n+1)
        if w=='' then redis.call('DEL',KEYS[1]) else redis.call('SET',KEYS[1],w) end
        return 1
        """;

    /// <summary>The script.</summary>
    public static AtomicScript<bool> Instance { get; } = new("seal series", Lua, Replies.Boolean, Twin);

    /// <summary>The SHA-1 of bytes, as the script computes it.</summary>
#pragma warning disable CA5350 // A name for the bytes, not a safeguard.
    public static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes));
#pragma warning restore CA5350

    private static StoreReply Twin(IScriptContext context)
    {
        var (key, read) = (context.Keys[0], (int)context.Arguments[0].AsInt64());
        var value = context.Call(Strings.Get(key));
        if (value.IsNull || value.GetByteCount() < read || DigestOf(value.AsMemory().Span[..read]) != context.Arguments[1].AsText())
        {
            return StoreReply.Integer(0);
        }

        byte[] written = [.. context.Arguments[2].AsMemory().Span, .. value.AsMemory().Span[read..]];
        if (written.Length == 0)
        {
            context.Call(Keys.Delete(key));
        }
        else
        {
            context.Call(Strings.Set(key, written));
        }

        return StoreReply.Integer(1);
    }
}
