using System.Text;

namespace RedisPatterns.Tests.Commands;

/// <summary>Commands as they are sent.</summary>
internal static class Wire
{
    /// <summary>Asserts a command's name and arguments; a key is written as <c>@key</c>.</summary>
    public static void Is(string expected, StoreCommand command)
    {
        var text = new StringBuilder(command.Definition.Name);
        for (var i = 0; i < command.ArgumentCount; i++)
        {
            text.Append(' ').Append(command[i].IsKey ? "@" : "").Append(command[i].AsText());
        }

        Assert.Equal(expected, text.ToString());
    }

    /// <summary>What a command's reader makes of a reply.</summary>
    public static TReply Read<TReply>(this StoreCommand<TReply> command, StoreReply reply) => command.Reader(reply);

    /// <summary>A list reply of values.</summary>
    public static StoreReply List(params StoreValue[] values) => StoreReply.Array([.. values.Select(StoreReply.FromValue)]);

    /// <summary>A list reply of integers.</summary>
    public static StoreReply Integers(params long[] numbers) => StoreReply.Array([.. numbers.Select(StoreReply.Integer)]);
}
