namespace RedisPatterns.InMemory;

/// <summary>Looks at the conditions of a batch.</summary>
internal static class ConditionCheck
{
    /// <summary>What stands against a batch, or null when all conditions hold.</summary>
    public static CommitResult? FindObstacle(CommandRunner runner, CommandContext context, IReadOnlyList<BatchCondition> conditions)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            context.CommandName = nameof(BatchCondition);
            try
            {
                if (!(conditions[i].Read is { } read ? GivesSame(runner, read, conditions[i]) : Holds(context, conditions[i])))
                {
                    return CommitResult.ConditionFailed(i);
                }
            }
            catch (StoreException error)
            {
                return CommitResult.ConditionFailed(i, error);
            }
        }

        return null;
    }

    private static bool GivesSame(CommandRunner runner, StoreCommand read, BatchCondition condition)
    {
        var reply = runner.Execute(read);
        return reply.Error is { } error ? throw error : ReplyFingerprint.Of(reply).Text == condition.Operand;
    }

    private static bool Holds(CommandContext context, BatchCondition condition)
    {
        var key = condition.Key;
        return condition.Kind switch
        {
            ConditionKind.KeyExists => context.Database.Find(key) is not null,
            ConditionKind.KeyAbsent => context.Database.Find(key) is null,
            ConditionKind.KeyType => (context.Database.Find(key)?.Data.Type ?? DataType.None) == condition.Type,
            ConditionKind.StringEquals => context.Get<StringData>(key)?.Value is { } value && value == AsSent(condition.Operand),
            ConditionKind.Number => HoldsNumber(context, condition),
            ConditionKind.HashFieldEquals => context.Get<HashData>(key)?.Get(AsSent(condition.Subject)) is { IsNull: false } value && value == AsSent(condition.Operand),
            ConditionKind.HashFieldExists => context.Get<HashData>(key)?.Contains(AsSent(condition.Subject)) == true,
            ConditionKind.HashFieldAbsent => context.Get<HashData>(key)?.Contains(AsSent(condition.Subject)) != true,
            ConditionKind.SetContains => context.Get<SetData>(key)?.Contains(AsSent(condition.Subject)) == true,
            ConditionKind.SetLacks => context.Get<SetData>(key)?.Contains(AsSent(condition.Subject)) != true,
            ConditionKind.SortedSetContains => TryGetScore(context, condition, out _),
            ConditionKind.SortedSetLacks => !TryGetScore(context, condition, out _),
            ConditionKind.Score => TryGetScore(context, condition, out var score) && Compare(condition.Comparison, score.CompareTo(condition.Operand.AsDouble())),
            ConditionKind.Cardinality => Compare(condition.Comparison, CountOf(context, condition).CompareTo(condition.Operand.AsInt64())),
            _ => throw new UnsupportedCommandException($"{condition.Kind}: the in-memory store does not know the condition."),
        };
    }

    // Whole numbers compare exactly, others as doubles.
    private static bool HoldsNumber(CommandContext context, BatchCondition condition)
    {
        var value = context.Get<StringData>(condition.Key)?.Value ?? 0;
        if (value.TryGetInt64(out var integer) && condition.Operand.TryGetInt64(out var limit))
        {
            return Compare(condition.Comparison, integer.CompareTo(limit));
        }

        return CommandArguments.TryReadDouble(value, out var number)
            ? Compare(condition.Comparison, number.CompareTo(condition.Operand.AsDouble()))
            : throw ServerErrors.NotAFloat(context.CommandName);
    }

    private static bool TryGetScore(CommandContext context, BatchCondition condition, out double score)
    {
        score = 0;
        return context.Get<SortedSetData>(condition.Key)?.TryGetScore(AsSent(condition.Subject), out score) == true;
    }

    private static long CountOf(CommandContext context, BatchCondition condition)
    {
        var data = context.Database.Find(condition.Key)?.Data;
        return data is null ? 0 : data.Type == condition.Type ? data.Count : throw ServerErrors.WrongType(context.CommandName);
    }

    private static bool Compare(Comparison comparison, int order) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };

    private static StoreValue AsSent(StoreValue value) => value.IsDouble ? value.AsText() : value;
}
