using RedisPatterns.Commands;
using RedisPatterns.StackExchangeRedis.Conversion;

namespace RedisPatterns.StackExchangeRedis.Commands;

/// <summary>A command in the form that the driver sends whatever the command is.</summary>
internal static class DriverCommand
{
    /// <summary>The arguments, subcommand first; keys are marked, so that the driver can route by them.</summary>
    public static object[] Arguments(StoreCommand command)
    {
        var subcommand = command.Definition.Subcommand;
        var count = command.ArgumentCount;
        var offset = subcommand is null ? 0 : 1;
        var arguments = new object[count + offset];
        if (subcommand is not null)
        {
            arguments[0] = subcommand;
        }

        for (var i = 0; i < count; i++)
        {
            var argument = command[i];
            arguments[i + offset] = argument.IsKey || IsChannel(command, i) ? DriverValues.ToKey(argument)
                : argument.TryGetText(out var text) ? text
                : DriverValues.ToValue(argument);
        }

        return arguments;
    }

    // In a cluster every node takes a message for any channel; sent by way of one, messages stay in order.
    private static bool IsChannel(StoreCommand command, int index) => index == 0 && ReferenceEquals(command.Definition, CommandTable.Publish);
}
