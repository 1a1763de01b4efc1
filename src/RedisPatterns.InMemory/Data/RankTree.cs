namespace RedisPatterns.InMemory;

/// <summary>Items in their order: a weight-balanced tree that knows the rank of everything, in O(log n).</summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class RankTree<T>
    where T : struct, IRanked<T>
{
    // Balanced while neither side has more than three times the nodes of the other, a node counted on top for each.
    private const int Delta = 3;
    private const int Gamma = 2;
    private const int LeastCapacity = 8;

    // Node 0 is the empty tree; unused nodes are linked by Left.
    private Node[] _nodes = new Node[LeastCapacity];
    private int _root;
    private int _used = 1;
    private int _free;

    /// <summary>The number of items.</summary>
    public int Count => _nodes[_root].Size;

    /// <summary>Adds an item that is not there.</summary>
    public void Add(in T item) => _root = Add(_root, item);

    /// <summary>Removes an item that is there.</summary>
    public void Remove(in T item) => _root = Remove(_root, item);

    /// <summary>The item of a rank below <see cref="Count"/>.</summary>
    public T At(int rank)
    {
        var node = _root;
        while (true)
        {
            var left = _nodes[_nodes[node].Left].Size;
            if (rank == left)
            {
                return _nodes[node].Item;
            }

            (node, rank) = rank < left ? (_nodes[node].Left, rank) : (_nodes[node].Right, rank - left - 1);
        }
    }

    /// <summary>How many items come before a place.</summary>
    /// <param name="isBefore">Whether an item comes before it: true for the first items, false for all others.</param>
    /// <param name="place">The place.</param>
    public int CountBefore<TPlace>(Func<T, TPlace, bool> isBefore, TPlace place)
    {
        var (count, node) = (0, _root);
        while (node != 0)
        {
            if (isBefore(_nodes[node].Item, place))
            {
                count += _nodes[_nodes[node].Left].Size + 1;
                node = _nodes[node].Right;
            }
            else
            {
                node = _nodes[node].Left;
            }
        }

        return count;
    }

    /// <summary>Copies the items of a range of ranks, in ascending order.</summary>
    /// <param name="first">The first rank.</param>
    /// <param name="target">Where to; its length is that of the range.</param>
    public void CopyRange(int first, Span<T> target) => CopyRange(_root, first, target);

    /// <summary>A tree with the same items.</summary>
    public RankTree<T> Clone() => new() { _nodes = (Node[])_nodes.Clone(), _root = _root, _used = _used, _free = _free };

    private void CopyRange(int node, int first, Span<T> target)
    {
        while (node != 0 && !target.IsEmpty)
        {
            var left = _nodes[_nodes[node].Left].Size;
            if (first < left)
            {
                var taken = Math.Min(left - first, target.Length);
                CopyRange(_nodes[node].Left, first, target[..taken]);
                target = target[taken..];
                first = left;
            }

            if (first == left && !target.IsEmpty)
            {
                target[0] = _nodes[node].Item;
                target = target[1..];
                first++;
            }

            first -= left + 1;
            node = _nodes[node].Right;
        }
    }

    private int Add(int node, in T item)
    {
        if (node == 0)
        {
            return Rent(item);
        }

        if (T.Compare(item, _nodes[node].Item) < 0)
        {
            var left = Add(_nodes[node].Left, item);
            _nodes[node].Left = left;
        }
        else
        {
            var right = Add(_nodes[node].Right, item);
            _nodes[node].Right = right;
        }

        return Balance(node);
    }

    private int Remove(int node, in T item)
    {
        var order = T.Compare(item, _nodes[node].Item);
        if (order < 0)
        {
            _nodes[node].Left = Remove(_nodes[node].Left, item);
            return Balance(node);
        }

        if (order > 0)
        {
            _nodes[node].Right = Remove(_nodes[node].Right, item);
            return Balance(node);
        }

        var (left, right) = (_nodes[node].Left, _nodes[node].Right);
        Return(node);
        if (left == 0 || right == 0)
        {
            return left | right;
        }

        right = RemoveFirst(right, out var first);
        _nodes[first].Left = left;
        _nodes[first].Right = right;
        return Balance(first);
    }

    private int RemoveFirst(int node, out int first)
    {
        if (_nodes[node].Left == 0)
        {
            first = node;
            return _nodes[node].Right;
        }

        _nodes[node].Left = RemoveFirst(_nodes[node].Left, out first);
        return Balance(node);
    }

    private int Balance(int node)
    {
        var (left, right) = (_nodes[node].Left, _nodes[node].Right);
        var (leftWeight, rightWeight) = (_nodes[left].Size + 1, _nodes[right].Size + 1);
        if (rightWeight > Delta * leftWeight)
        {
            if (_nodes[_nodes[right].Left].Size + 1 >= Gamma * (_nodes[_nodes[right].Right].Size + 1))
            {
                _nodes[node].Right = RotateRight(right);
            }

            return RotateLeft(node);
        }

        if (leftWeight > Delta * rightWeight)
        {
            if (_nodes[_nodes[left].Right].Size + 1 >= Gamma * (_nodes[_nodes[left].Left].Size + 1))
            {
                _nodes[node].Left = RotateLeft(left);
            }

            return RotateRight(node);
        }

        _nodes[node].Size = leftWeight + rightWeight - 1;
        return node;
    }

    private int RotateLeft(int node)
    {
        var top = _nodes[node].Right;
        _nodes[node].Right = _nodes[top].Left;
        _nodes[top].Left = node;
        Measure(node);
        Measure(top);
        return top;
    }

    private int RotateRight(int node)
    {
        var top = _nodes[node].Left;
        _nodes[node].Left = _nodes[top].Right;
        _nodes[top].Right = node;
        Measure(node);
        Measure(top);
        return top;
    }

    private void Measure(int node) => _nodes[node].Size = _nodes[_nodes[node].Left].Size + _nodes[_nodes[node].Right].Size + 1;

    private int Rent(in T item)
    {
        var node = _free;
        if (node != 0)
        {
            _free = _nodes[node].Left;
        }
        else
        {
            node = _used++;
            if (node == _nodes.Length)
            {
                Array.Resize(ref _nodes, node * 2);
            }
        }

        _nodes[node] = new Node { Item = item, Size = 1 };
        return node;
    }

    private void Return(int node)
    {
        _nodes[node] = new Node { Left = _free };
        _free = node;
    }

    private struct Node
    {
        public T Item;
        public int Left;
        public int Right;
        public int Size;
    }
}
