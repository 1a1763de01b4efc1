namespace RedisPatterns;

/// <summary>A set of series with what its rules make of it, and what rules make of that.</summary>
internal sealed class SeriesTree
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly List<Node> _inOrder = [];

    /// <summary>A tree.</summary>
    /// <param name="set">The set.</param>
    /// <exception cref="ModelException">The rules do not fit together.</exception>
    public SeriesTree(SeriesSet set)
    {
        var root = new Node(null, null, set, SeriesStorage.Of(set));
        _nodes[""] = root;
        _inOrder.Add(root);
        foreach (var rule in set.Options.Rules)
        {
            var source = _nodes.GetValueOrDefault(rule.From ?? "")
                ?? throw new ModelException($"{set.Name}: the rule {rule.Name} takes the values of {rule.From}, which is no rule before it.");
            var made = new SeriesSet(set.Keyspace, set.Name, KeyGrammar.Resolution(set.Name, rule.Name), rule.OptionsIn(set.Options));
            var node = new Node(rule, source, made, SeriesStorage.Of(made));
            if (!_nodes.TryAdd(rule.Name, node))
            {
                throw new ModelException($"{set.Name}: two rules are called {rule.Name}.");
            }

            source.Rules.Add(rule);
            _inOrder.Add(node);
        }

        foreach (var node in _inOrder)
        {
            if (node.Rules.Count > 0)
            {
                var shortest = node.Rules.Min(rule => rule.Aggregation.Every!.Value.Ticks / TimeSpan.TicksPerMillisecond);
                node.Marks = new SeriesMarks(node.Set, shortest);
            }
        }

        foreach (var node in _inOrder.Where(node => node.Marks is not null))
        {
            node.Work = new SeriesRules(
                node.Set, node.Storage, node.Marks!, [.. node.Rules.Select(rule => new RuleTarget(rule, _nodes[rule.Name].Storage, _nodes[rule.Name].Marks))]);
        }
    }

    /// <summary>The set itself.</summary>
    public Node Root => _inOrder[0];

    /// <summary>The set, and what each rule makes, sources first.</summary>
    public IReadOnlyList<Node> InOrder => _inOrder;

    /// <summary>What a rule makes; null when there is no such rule.</summary>
    public Node? Find(string rule) => rule.Length == 0 ? null : _nodes.GetValueOrDefault(rule);

    /// <summary>Works off what waits for a rule of some series: of its sources first.</summary>
    public static async ValueTask SettleAsync(Node node, IReadOnlyList<string> series, CancellationToken cancellationToken)
    {
        if (node.Source is { } source)
        {
            await SettleAsync(source, series, cancellationToken).ConfigureAwait(false);
            await source.Work!.SettleAsync(series, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The set, or what one rule makes.</summary>
    internal sealed class Node(SeriesRule? rule, Node? source, SeriesSet set, SeriesStorage storage)
    {
        /// <summary>The rule; null for the set itself.</summary>
        public SeriesRule? Rule { get; } = rule;

        /// <summary>What the rule takes.</summary>
        public Node? Source { get; } = source;

        /// <summary>Where it lies.</summary>
        public SeriesSet Set { get; } = set;

        /// <summary>How it lies.</summary>
        public SeriesStorage Storage { get; } = storage;

        /// <summary>The rules that take from here.</summary>
        public List<SeriesRule> Rules { get; } = [];

        /// <summary>Notes changes for them; null when there is none.</summary>
        public SeriesMarks? Marks { get; set; }

        /// <summary>Works their changes off; null when there is none.</summary>
        public SeriesRules? Work { get; set; }
    }
}
