using System.Globalization;
using System.Text;

namespace RedisPatterns.Testing;

/// <summary>Steps that begin with an empty keyspace, and the model that they are about.</summary>
/// <param name="Seed">What it was made of.</param>
/// <param name="Layout">How wares are stored.</param>
/// <param name="Expires">Whether they expire.</param>
/// <param name="Steps">The steps.</param>
internal sealed record FuzzSequence(long Seed, EntityLayout Layout, bool Expires, IReadOnlyList<FuzzStep> Steps)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"seed {Seed}, {Layout}{(Expires ? ", with expiry" : "")}\n");
        for (var i = 0; i < Steps.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i + 1,4}. {Steps[i].Text}\n");
        }

        return text.ToString();
    }
}
