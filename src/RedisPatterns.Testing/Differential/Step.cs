using System.Globalization;

namespace RedisPatterns.Testing;

/// <summary>One step of a generated sequence.</summary>
internal abstract record Step
{
    /// <summary>The commands in it.</summary>
    public abstract IEnumerable<StoreCommand> Commands { get; }

    /// <summary>Smaller steps that may show the same difference.</summary>
    public virtual IEnumerable<Step> Smaller() => [];
}

/// <summary>Commands that belong together, sent in a pipeline with those of the steps around it.</summary>
internal sealed record CommandStep(params DifferentialCommand[] Items) : Step
{
    public override IEnumerable<StoreCommand> Commands => Items.Select(item => item.Command);

    public override string ToString() => string.Join("; ", Items);
}

/// <summary>An atomic batch.</summary>
internal sealed record BatchStep(BatchCondition[] Conditions, DifferentialCommand[] Items, StoreKey IdempotencyKey = default) : Step
{
    public override IEnumerable<StoreCommand> Commands => Items.Select(item => item.Command);

    public override IEnumerable<Step> Smaller()
    {
        for (var i = 0; i < Conditions.Length; i++)
        {
            yield return this with { Conditions = [.. Conditions[..i], .. Conditions[(i + 1)..]] };
        }

        for (var i = 0; i < Items.Length && Items.Length > 1; i++)
        {
            yield return this with { Items = [.. Items[..i], .. Items[(i + 1)..]] };
        }

        if (!IdempotencyKey.IsNull)
        {
            yield return this with { IdempotencyKey = default };
        }

        if (Conditions.Length == 0 && Items.Length == 1)
        {
            yield return new CommandStep(Items);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"batch{(IdempotencyKey.IsNull ? "" : $" once {IdempotencyKey}")} [{string.Join(", ", Conditions.Select(CommandText.Of))}] {{ {string.Join("; ", Items)} }}");
}

/// <summary>A script.</summary>
internal sealed record ScriptStep(ScriptCall<StoreReply> Call) : Step
{
    public override IEnumerable<StoreCommand> Commands => [];

    public override string ToString() =>
        $"script {Call.Script.Name} [{string.Join(' ', Call.Keys)}] {string.Join(' ', Call.Arguments.Select(CommandText.Quote))}";
}

/// <summary>A scan from the first page to the last.</summary>
/// <param name="Page">The command for a page.</param>
/// <param name="IsPairs">Whether the items are pairs.</param>
internal sealed record ScanStep(Func<ulong, StoreCommand> Page, bool IsPairs) : Step
{
    public override IEnumerable<StoreCommand> Commands => [Page(0)];

    public override string ToString() => $"all pages of {CommandText.Of(Page(0))}";
}
