namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Draws patches; what they are given beside is the version that is known.</summary>
internal sealed class PatchDrawing(EntityDice dice)
{
    /// <summary>Draws one.</summary>
    /// <param name="variant">The model.</param>
    /// <param name="emailOnlyOf">Whose addresses it sets; null for any.</param>
    public DrawnPatch Draw(GadgetVariant variant, string? emailOnlyOf)
    {
        var steps = dice.Some(1, 4, () => Step(emailOnlyOf)).ToList();
        if (variant.HasVersion && dice.Chance(20))
        {
            var off = dice.Chance(75) ? 0 : 1;
            steps.Add(new($"WhenVersion known {off:+0}", (p, known) => p.WhenVersion(known + off)));
        }

        if (variant.Expiry != GadgetExpiry.Never && dice.Chance(25))
        {
            var (text, expiry) = dice.End();
            steps.Add(new($"Expire {text}", (p, _) => p.Expire(expiry)));
        }

        return new(string.Concat(steps.Select(step => $" {step.Text};")), (p, known) => steps.ForEach(step => step.Apply(p, known)));
    }

    private DrawnPatch Step(string? emailOnlyOf) => dice.Next(24) switch
    {
        0 or 1 when dice.Email(emailOnlyOf) is var value => new DrawnPatch($"email='{value}'", (p, _) => p.Set(m => m.Email, value)),
        2 when dice.Status() is var value => new DrawnPatch($"status='{value}'", (p, _) => p.Set(m => m.Status, value)),
        3 when dice.Some(0, 3, dice.Label) is var items => new DrawnPatch($"labels=[{string.Join('|', items)}]", (p, _) => p.Set(m => m.Labels, items)),
        4 when dice.Rank() is var value => new DrawnPatch($"rank={value}", (p, _) => p.Set(m => m.Rank, value)),
        5 when dice.Decimal() is var value => new DrawnPatch($"balance={value}", (p, _) => p.Set(m => m.Balance, value)),
        6 when dice.Text() is var value => new DrawnPatch($"note='{value}'", (p, _) => p.Set(m => m.Note, value)),
        7 when dice.Double() is var value => new DrawnPatch($"ratio={value:R}", (p, _) => p.Set(m => m.Ratio, value)),
        8 => Unset(),
        9 or 10 when dice.Int() is var by => new DrawnPatch($"count+={by}", (p, _) => p.Increment(m => m.Count, by)),
        11 when dice.Int() is var by => new DrawnPatch($"rank+={by}", (p, _) => p.Increment(m => m.Rank, by)),
        12 when dice.Long() is var by => new DrawnPatch($"big+={by}", (p, _) => p.Increment(m => m.Big, by)),
        13 or 14 when dice.Decimal() is var by => new DrawnPatch($"balance+={by}", (p, _) => p.Increment(m => m.Balance, by)),
        15 when dice.Price() is var by => new DrawnPatch($"price+={by}", (p, _) => p.Increment(m => m.Price, by)),
        16 or 17 when dice.Double() is var by => new DrawnPatch($"ratio+={by:R}", (p, _) => p.Increment(m => m.Ratio, by)),
        18 or 19 when dice.Some(1, 3, dice.Label) is var items => new DrawnPatch($"labels append {string.Join('|', items)}", (p, _) => p.Append(m => m.Labels, items)),
        20 when dice.Label() is var item => new DrawnPatch($"labels remove {item}", (p, _) => p.Remove(m => m.Labels, item)),
        21 when dice.Some(1, 3, dice.Int) is var items => new DrawnPatch($"numbers append {string.Join('|', items)}", (p, _) => p.Append(m => m.Numbers, items)),
        22 when dice.Int() is var item => new DrawnPatch($"numbers remove {item}", (p, _) => p.Remove(m => m.Numbers, item)),
        _ when dice.EndsAt() is var moment => new DrawnPatch($"endsAt={moment:O}", (p, _) => p.Set(m => m.EndsAt, moment)),
        _ => Unset(),
    };

    private DrawnPatch Unset()
    {
        var place = dice.Next(6);
        return new($"unset {place}", (p, _) => p.Unset(m => place switch
        {
            0 => m.Email,
            1 => m.Labels,
            2 => m.Rank,
            3 => m.Balance,
            4 => m.Count,
            _ => (EntityField<Gadget>)m.Note,
        }));
    }
}
