namespace RedisPatterns.Testing.Tests;

/// <summary>A number that can be read, written, added to and replaced when it is what one thinks.</summary>
internal sealed class RegisterModel : ISequentialModel<int, RegisterCall, int>
{
    public int Initial => 0;

    public (int State, int Output) Apply(int state, RegisterCall input) => input.Verb switch
    {
        "read" => (state, state),
        "write" => (input.Value, 0),
        "add" => (state + input.Value, state + input.Value),
        "cas" => state == input.Expected ? (input.Value, 1) : (state, 0),
        _ => throw new ArgumentException("An unknown verb.", nameof(input)),
    };
}

internal sealed record RegisterCall(string Verb, int Value = 0, int Expected = 0, string Key = "r");
