using RedisPatterns.Commands;

namespace RedisPatterns.InMemory.Tests.Engine;

public sealed class HandlerTableTests
{
    // Rows of the command table that the in-memory store does not carry out.
    private static readonly string[] Unsupported = ["FUNCTION LIST", "FUNCTION LOAD", "FUNCTION DELETE"];

    [Fact]
    public void Every_command_is_carried_out_or_listed_as_unsupported()
    {
        var rows = CommandTable.All.Select(row => row.Name).ToList();

        Assert.NotEmpty(rows);
        Assert.Equal(Unsupported.Order(), rows.Except(HandlerTable.All.Keys).Order());
    }

    [Fact]
    public void Every_handler_belongs_to_a_row_of_the_table() =>
        Assert.Empty(HandlerTable.All.Keys.Except(CommandTable.All.Select(row => row.Name)));
}
