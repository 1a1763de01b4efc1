using System.Text;

namespace RedisPatterns.Testing;

/// <summary>The search for an order of a history's operations in which each gives its answer.</summary>
/// <remarks>
/// Calls and returns lie in a linked list in the order of time. Every operation whose call comes before the first return in
/// the list may take effect next; when it does, its two events are taken out of the list, and put back when the search
/// comes back to it.
/// </remarks>
internal sealed class LinearizationSearch<TState, TInput, TOutput>
{
    private readonly ISequentialModel<TState, TInput, TOutput> _model;
    private readonly Operation<TInput, TOutput>[] _operations;
    private readonly Event _head = new(-1);
    private readonly HashSet<Visit> _visited = [];
    private readonly Stack<(Event Call, TState StateBefore)> _taken = new();
    private ulong[] _done;
    private TState _state;
    private int _unanswered;
    private int[] _longest = [];
    private long _steps;

    public LinearizationSearch(ISequentialModel<TState, TInput, TOutput> model, Operation<TInput, TOutput>[] operations)
    {
        _model = model;
        _operations = operations;
        _state = model.Initial;
        _done = new ulong[(operations.Length + 63) / 64];
    }

    public LinearizabilityResult Run()
    {
        var left = Link();
        var current = _head.Next;
        while (left > 0)
        {
            if (current is { IsCall: true })
            {
                if (TryTake(current))
                {
                    left -= _operations[current.Operation].IsOutcomeKnown ? 1 : 0;
                    current = _head.Next;
                }
                else
                {
                    current = current.Next;
                }
            }
            else if (_taken.TryPop(out var last))
            {
                // Nothing more can take effect before this return: the last one that did must come elsewhere.
                left += _operations[last.Call.Operation].IsOutcomeKnown ? 1 : 0;
                PutBack(last.Call, last.StateBefore);
                current = last.Call.Next;
            }
            else
            {
                return new(false, Explain(), _steps);
            }
        }

        return new(true, null, _steps);
    }

    /// <summary>Links the events in the order of time.</summary>
    /// <returns>The number of operations with an answer: the search is over when all of them have taken effect.</returns>
    private int Link()
    {
        var events = new List<(long Time, Event Event)>();
        for (var i = 0; i < _operations.Length; i++)
        {
            var call = new Event(i) { IsCall = true };
            events.Add((_operations[i].Called, call));
            if (_operations[i].IsOutcomeKnown)
            {
                call.Return = new(i);
                events.Add((_operations[i].Returned, call.Return));
            }
            else
            {
                _unanswered++;
            }
        }

        // At the same tick a call comes before a return: the two overlap.
        var last = _head;
        foreach (var (_, next) in events.OrderBy(item => item.Time).ThenBy(item => item.Event.IsCall ? 0 : 1))
        {
            (last.Next, next.Previous) = (next, last);
            last = next;
        }

        return _operations.Length - _unanswered;
    }

    private bool TryTake(Event call)
    {
        _steps++;
        var operation = _operations[call.Operation];
        var (next, output) = _model.Apply(_state, operation.Input);
        if (operation.IsOutcomeKnown && !EqualityComparer<TOutput>.Default.Equals(output, operation.Output!))
        {
            return false;
        }

        var done = (ulong[])_done.Clone();
        done[call.Operation / 64] |= 1UL << (call.Operation % 64);
        if (!_visited.Add(new(done, next)))
        {
            return false;
        }

        _taken.Push((call, _state));
        (_done, _state) = (done, next);
        call.TakeOut();
        call.Return?.TakeOut();
        if (_taken.Count > _longest.Length)
        {
            _longest = [.. _taken.Reverse().Select(item => item.Call.Operation)];
        }

        return true;
    }

    private void PutBack(Event call, TState stateBefore)
    {
        call.Return?.PutBack();
        call.PutBack();
        _state = stateBefore;
        _done = (ulong[])_done.Clone();
        _done[call.Operation / 64] &= ~(1UL << (call.Operation % 64));
    }

    private string Explain()
    {
        var text = new StringBuilder($"no order of the {_operations.Length} operations explains the answers.\nThe longest that does:\n");
        var state = _model.Initial;
        foreach (var index in _longest)
        {
            state = _model.Apply(state, _operations[index].Input).State;
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {_operations[index]}   state {state}\n");
        }

        text.Append("None of these can follow:\n");
        foreach (var operation in _operations.Where((_, i) => !_longest.Contains(i)).OrderBy(operation => operation.Called))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {operation}\n");
        }

        return text.ToString();
    }

    /// <summary>The call or the return of an operation, in the list of those that have not taken effect.</summary>
    private sealed class Event(int operation)
    {
        public int Operation { get; } = operation;

        public bool IsCall { get; init; }

        public Event? Return { get; set; }

        public Event? Previous { get; set; }

        public Event? Next { get; set; }

        public void TakeOut()
        {
            Previous!.Next = Next;
            Next?.Previous = Previous;
        }

        public void PutBack()
        {
            Previous!.Next = this;
            Next?.Previous = this;
        }
    }

    /// <summary>A point that the search has been at: which operations took effect, and the state.</summary>
    private readonly struct Visit(ulong[] done, TState state) : IEquatable<Visit>
    {
        private readonly ulong[] _done = done;
        private readonly TState _state = state;

        public bool Equals(Visit other) =>
            _done.AsSpan().SequenceEqual(other._done) && EqualityComparer<TState>.Default.Equals(_state, other._state);

        public override bool Equals(object? obj) => obj is Visit other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(_state);
            foreach (var word in _done)
            {
                hash.Add(word);
            }

            return hash.ToHashCode();
        }
    }
}
