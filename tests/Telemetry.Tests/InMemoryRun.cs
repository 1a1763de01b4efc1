using Narration;
using RedisPatterns.InMemory;
using Telemetry.Tests;

[assembly: AssemblyFixture(typeof(InMemoryRun))]

namespace Telemetry.Tests;

/// <summary>One run of the story in memory, on plain lines, that all tests look at.</summary>
public sealed class InMemoryRun : IAsyncLifetime
{
    public IReadOnlyList<Step> Steps { get; private set; } = [];

    public string Output { get; private set; } = "";

    public InMemoryKeyValueStore Store { get; } = new();

    public Step Step(string question) => Assert.Single(Steps, step => step.Question.StartsWith(question, StringComparison.Ordinal));

    /// <summary>The answer of a step, by how its question begins.</summary>
    public IReadOnlyList<string> Answer(string question) => Step(question).Answer.Lines;

    public async ValueTask InitializeAsync()
    {
        var output = new StringWriter();
        Steps = await new Story(Store, new PlainScreen(output), TimeProvider.System).RunAsync();
        Output = output.ToString();
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
