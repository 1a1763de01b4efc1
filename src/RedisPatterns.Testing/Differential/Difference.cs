using System.Globalization;
using System.Text;

namespace RedisPatterns.Testing;

/// <summary>A difference between two stores, and the sequence that shows it.</summary>
internal sealed record Difference(Sequence Sequence, object What, int Step, StoreReply Reference, StoreReply Subject)
{
    public string Describe(int originalLength, bool isRepeatable)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The stores differ in the sequence of seed {Sequence.Seed}");
        text.Append(isRepeatable
            ? string.Create(CultureInfo.InvariantCulture, $", cut down from {originalLength} steps to {Sequence.Steps.Count}")
            : ", but not when it is run again; it is shown whole");
        text.Append(Sequence.Sending switch
        {
            Sending.Raw => " (pipelines, replies as they came):\n",
            Sending.Typed => " (pipelines, typed replies):\n",
            _ => " (one by one):\n",
        });
        for (var i = 0; i < Sequence.Steps.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == Step ? "=>" : "  ")}{i + 1,4}. {Sequence.Steps[i]}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{(Step < 0 ? "then, of what is stored" : "there")}: {What}\n");
        text.Append(CultureInfo.InvariantCulture, $"  reference: {CommandText.Of(Reference)}\n");
        return text.Append(CultureInfo.InvariantCulture, $"  subject:   {CommandText.Of(Subject)}").ToString();
    }
}
