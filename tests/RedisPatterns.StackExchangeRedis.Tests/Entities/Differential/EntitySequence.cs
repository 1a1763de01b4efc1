using System.Globalization;
using System.Text;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Steps that begin with an empty keyspace, and the models they are about.</summary>
internal sealed record EntitySequence(long Seed, IReadOnlyList<GadgetVariant> Variants, IReadOnlyList<EntityStep> Steps)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"seed {Seed}\n");
        foreach (var variant in Variants)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {variant}\n");
        }

        for (var i = 0; i < Steps.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i + 1,4}. {Steps[i].Text}\n");
        }

        return text.ToString();
    }
}
