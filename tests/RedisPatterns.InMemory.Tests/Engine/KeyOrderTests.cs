using System.Text;

namespace RedisPatterns.InMemory.Tests.Engine;

public sealed class KeyOrderTests
{
    // Longer than what is compared without an array, too.
    private static readonly string[] Endings = ["", "\0", "a", "az", "b", "\u007F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFF", "\U00010000", "\U00010001", "\U0010FFFF"];
    private static readonly string[] Names = [.. Endings, .. Endings.Select(ending => new string('\u00E9', 300) + ending), .. Endings.Select(ending => "\U0001F600" + ending)];

    [Fact]
    public void Keys_compare_as_their_bytes_however_they_are_held()
    {
        foreach (var left in Names)
        {
            foreach (var right in Names)
            {
                var (leftBytes, rightBytes) = (Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
                var expected = Math.Sign(leftBytes.AsSpan().SequenceCompareTo(rightBytes));
                Assert.Equal(expected, Math.Sign(KeyOrder.Compare(left, right)));
                Assert.Equal(expected, Math.Sign(KeyOrder.Compare(leftBytes, right)));
                Assert.Equal(expected, Math.Sign(KeyOrder.Compare(left, rightBytes)));
                Assert.Equal(expected, Math.Sign(KeyOrder.Compare(leftBytes, rightBytes)));
            }
        }
    }
}
