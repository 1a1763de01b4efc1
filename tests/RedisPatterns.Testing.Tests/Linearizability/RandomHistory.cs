using Op = RedisPatterns.Testing.Operation<RedisPatterns.Testing.Tests.RegisterCall, int>;

namespace RedisPatterns.Testing.Tests;

/// <summary>Small histories, some right and some wrong, and the slow way to tell them apart.</summary>
internal static class RandomHistory
{
    /// <summary>Up to six operations at random moments; answers are mostly those of a random order.</summary>
    public static Op[] Create(Random dice)
    {
        var count = dice.Next(1, 7);
        var model = new RegisterModel();
        var plan = Enumerable.Range(0, count).Select(_ => (Call: RandomCall(dice), At: dice.Next(1, 40))).OrderBy(item => item.At).ToArray();
        var history = new Op[count];
        var state = 0;
        for (var i = 0; i < count; i++)
        {
            var (next, output) = model.Apply(state, plan[i].Call);
            var called = plan[i].At - dice.Next(0, 12);
            if (dice.Next(6) == 0)
            {
                history[i] = new(i, plan[i].Call, called);
                state = dice.Next(2) == 0 ? next : state;
                continue;
            }

            state = next;
            output += dice.Next(12) == 0 ? 1 : 0;
            history[i] = new(i, plan[i].Call, called, output, plan[i].At + dice.Next(1, 12));
        }

        return history;
    }

    /// <summary>Tries every order, with every choice of the unanswered that take effect.</summary>
    public static bool HasAnOrder(RegisterModel model, Op[] history) => Search(model, history, new bool[history.Length], 0);

    private static bool Search(RegisterModel model, Op[] history, bool[] done, int state)
    {
        if (!history.Where((operation, i) => operation.IsOutcomeKnown && !done[i]).Any())
        {
            return true;
        }

        for (var i = 0; i < history.Length; i++)
        {
            // It may be next if nothing that is left returned before its call.
            var at = i;
            if (done[i] || history.Where((other, j) => !done[j] && j != at && other.Returned < history[at].Called).Any())
            {
                continue;
            }

            var (next, output) = model.Apply(state, history[i].Input);
            if (history[i].IsOutcomeKnown && history[i].Output != output)
            {
                continue;
            }

            done[i] = true;
            var found = Search(model, history, done, next);
            done[i] = false;
            if (found)
            {
                return true;
            }
        }

        return false;
    }

    private static RegisterCall RandomCall(Random dice) => dice.Next(4) switch
    {
        0 => new("read"),
        1 => new("write", dice.Next(3)),
        2 => new("add", 1),
        _ => new("cas", dice.Next(3), dice.Next(3)),
    };
}
