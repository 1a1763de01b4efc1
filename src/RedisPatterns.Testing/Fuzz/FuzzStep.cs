namespace RedisPatterns.Testing;

/// <summary>One step of a fuzz: a call, or several, whose answers are compared with those of the list.</summary>
/// <param name="Verb">What is counted.</param>
/// <param name="Text">What it is, to be read in a failure.</param>
/// <param name="Run">Does it; throws <see cref="ConformanceFailedException"/> where the answers differ.</param>
internal sealed record FuzzStep(string Verb, string Text, Func<FuzzRun, Task> Run);
