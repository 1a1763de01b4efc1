using Op = RedisPatterns.Testing.Operation<RedisPatterns.Testing.Tests.RegisterCall, int>;

namespace RedisPatterns.Testing.Tests;

public class LinearizabilityCheckerTests
{
    private static readonly RegisterModel Model = new();

    [Fact]
    public void An_empty_history_is_linearizable() => Accepts();

    [Fact]
    public void One_after_the_other_is_linearizable_when_the_answers_are_right() =>
        Accepts(Done(Write(1), 0, 1, 2), Done(Read, 1, 3, 4), Done(Add(2), 3, 5, 6), Done(Read, 3, 7, 8));

    [Fact]
    public void A_read_beside_a_write_may_see_either()
    {
        Accepts(Done(Write(1), 0, 1, 4), Done(Read, 0, 2, 3));
        Accepts(Done(Write(1), 0, 1, 4), Done(Read, 1, 2, 3));
        Rejects(Done(Write(1), 0, 1, 4), Done(Read, 2, 2, 3));
    }

    [Fact]
    public void A_stale_read_is_found() => Rejects(Done(Write(1), 0, 1, 2), Done(Read, 0, 3, 4));

    [Fact]
    public void A_value_that_comes_and_goes_is_found() =>
        Rejects(Done(Write(1), 0, 1, 10), Done(Read, 1, 2, 3), Done(Read, 0, 4, 5));

    [Fact]
    public void A_lost_update_is_found()
    {
        Rejects(Done(Add(1), 1, 1, 4), Done(Add(1), 1, 2, 3));
        Accepts(Done(Add(1), 2, 1, 4), Done(Add(1), 1, 2, 3));
    }

    [Fact]
    public void Two_winners_of_one_claim_are_found()
    {
        Rejects(Done(Cas(0, 1), 1, 1, 4), Done(Cas(0, 2), 1, 2, 3));
        Accepts(Done(Cas(0, 1), 0, 1, 4), Done(Cas(0, 2), 1, 2, 3));
    }

    [Fact]
    public void Two_losers_of_one_claim_are_found() => Rejects(Done(Cas(0, 1), 0, 1, 4), Done(Cas(0, 2), 0, 2, 3));

    [Fact]
    public void What_was_not_answered_may_take_effect_never_or_late()
    {
        Accepts(Lost(Add(1), 1), Done(Read, 0, 2, 3));
        Accepts(Lost(Add(1), 1), Done(Read, 1, 2, 3));
        Accepts(Lost(Add(1), 1), Done(Read, 0, 2, 3), Done(Read, 0, 4, 5), Done(Read, 1, 6, 7));
        Accepts(Lost(Cas(7, 9), 1), Done(Read, 0, 2, 3));
    }

    [Fact]
    public void What_was_not_answered_takes_effect_once_and_not_before_its_call()
    {
        Rejects(Lost(Add(1), 1), Done(Read, 1, 2, 3), Done(Read, 2, 4, 5));
        Rejects(Lost(Add(1), 1), Done(Read, 1, 2, 3), Done(Read, 0, 4, 5));
        Rejects(Done(Read, 1, 1, 2), Lost(Add(1), 3));
    }

    [Fact]
    public void Keys_are_checked_one_by_one()
    {
        Op[] right = [Done(Write(1) with { Key = "a" }, 0, 1, 2), Done(Read with { Key = "b" }, 0, 3, 4)];
        Assert.True(LinearizabilityChecker.CheckByKey(Model, right, input => input.Key).IsLinearizable);

        Op[] wrong = [.. right, Done(Read with { Key = "a" }, 0, 5, 6)];
        var result = LinearizabilityChecker.CheckByKey(Model, wrong, input => input.Key);
        Assert.False(result.IsLinearizable);
        Assert.StartsWith("Key a: no order of the 2 operations", result.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_history_of_many_overlapping_operations_is_decided()
    {
        // Eight clients at a time, 1,600 additions, answers in the order of the returns.
        var history = Enumerable.Range(0, 1600).Select(i => Done(Add(1), i + 1, (i / 8 * 100) + (i % 8), (i / 8 * 100) + 50 + (i % 8))).ToArray();
        Accepts(history);
        Rejects([.. history, Done(Read, 1599, 1_000_000, 1_000_001)]);
    }

    [Fact]
    public void It_agrees_with_trying_every_order()
    {
        var dice = new Random(1);
        var accepted = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var history = RandomHistory.Create(dice);
            var expected = RandomHistory.HasAnOrder(Model, history);
            var result = LinearizabilityChecker.Check(Model, history);
            Assert.True(expected == result.IsLinearizable, $"expected {expected}:\n{string.Join('\n', history.Select(item => item.ToString()))}");
            accepted += expected ? 1 : 0;
        }

        Assert.InRange(accepted, 2_000, 18_000);
    }

    private static RegisterCall Read { get; } = new("read");

    private static RegisterCall Write(int value) => new("write", value);

    private static RegisterCall Add(int value) => new("add", value);

    private static RegisterCall Cas(int expected, int value) => new("cas", value, expected);

    private static Op Done(RegisterCall input, int output, long called, long returned) => new(0, input, called, output, returned);

    private static Op Lost(RegisterCall input, long called) => new(0, input, called);

    private static void Accepts(params Op[] history)
    {
        var result = LinearizabilityChecker.Check(Model, history);
        Assert.True(result.IsLinearizable, result.Explanation);
    }

    private static void Rejects(params Op[] history)
    {
        var result = LinearizabilityChecker.Check(Model, history);
        Assert.False(result.IsLinearizable);
        Assert.NotNull(result.Explanation);
    }
}
