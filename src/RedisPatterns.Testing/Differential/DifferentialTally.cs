namespace RedisPatterns.Testing;

/// <summary>Counts what has run without a difference.</summary>
internal sealed class DifferentialTally
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CommandDefinition, long> _commands = [];
    private long _sequences;
    private long _batches;
    private long _refused;
    private long _replayed;
    private long _unsupported;
    private long _scripts;
    private long _errors;

    public void Add(Sequence sequence, IReadOnlyList<Observation> observations)
    {
        lock (_gate)
        {
            _sequences++;
            foreach (var step in sequence.Steps)
            {
                _batches += step is BatchStep ? 1 : 0;
                _scripts += step is ScriptStep ? 1 : 0;
                foreach (var command in step.Commands)
                {
                    _commands[command.Definition] = _commands.GetValueOrDefault(command.Definition) + 1;
                }
            }

            foreach (var observation in observations.Where(observation => observation.Step >= 0))
            {
                _unsupported += SequenceComparison.IsUnsupportedBatch(observation) ? 1 : 0;
                _errors += observation.Reply.Kind == StoreReplyKind.Error ? 1 : 0;
                if (observation.What is BatchStep && observation.Reply.Items is [{ } status, _])
                {
                    var text = status.Value.ToString();
                    _refused += text.Contains("Failed", StringComparison.Ordinal) ? 1 : 0;
                    _replayed += text == nameof(CommitStatus.Replayed) ? 1 : 0;
                }
            }
        }
    }

    public DifferentialReport Report(long seed, IEnumerable<string> missing, string? difference)
    {
        lock (_gate)
        {
            return new()
            {
                Seed = seed,
                Sequences = _sequences,
                Commands = _commands.Values.Sum(),
                Batches = _batches,
                RefusedBatches = _refused,
                ReplayedBatches = _replayed,
                UnsupportedBatches = _unsupported,
                Scripts = _scripts,
                Errors = _errors,
                CommandsByFamily = _commands.GroupBy(pair => pair.Key.Family).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value)),
                CommandsByName = _commands.GroupBy(pair => pair.Key.Name).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value)),
                MissingCommands = [.. missing],
                Difference = difference,
            };
        }
    }
}
