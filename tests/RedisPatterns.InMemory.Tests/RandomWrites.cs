namespace RedisPatterns.InMemory.Tests;

/// <summary>Random commands that change data, of every family, on few keys of one slot; some meet another type and fail.</summary>
internal sealed class RandomWrites(int seed)
{
    public Random Random { get; } = new(seed);

    public StoreCommand<StoreReply> Next(long now)
    {
        var forms = Forms(now);
        var (name, arguments) = forms[Random.Next(forms.Length)];
        return Raw.Command(name, arguments);
    }

    private (string Name, StoreValue[] Arguments)[] Forms(long now) =>
    [
        ("SET", [Key('s'), Word()]),
        ("SET", [Key('s'), Number(), "PX", Random.Next(1, 2_000)]),
        ("MSET", [Key('s'), Word(), Key('s'), Number()]),
        ("APPEND", [Key('s'), Word()]),
        ("SETRANGE", [Key('s'), Random.Next(9), Word()]),
        ("INCRBY", [Key('n'), Number()]),
        ("INCRBYFLOAT", [Key('n'), 0.25]),
        ("GETDEL", [Key('s')]),
        ("GETEX", [Key('s'), "PERSIST"]),
        ("SETBIT", [Key('s'), Random.Next(90), Random.Next(2)]),
        ("BITFIELD", [Key('s'), "SET", "u8", Random.Next(64), Random.Next(256), "INCRBY", "i5", 3, 7]),
        ("BITOP", ["XOR", Key('s'), Key('s'), Key('s')]),
        ("PFADD", [Key('p'), Word(), Number()]),
        ("PFMERGE", [Key('p'), Key('p'), Key('p')]),
        ("DEL", [Any(), Any()]),
        ("RENAME", [Any(), Any()]),
        ("COPY", [Any(), Any(), "REPLACE"]),
        ("PEXPIRE", [Any(), Random.Next(-1, 2_000)]),
        ("PERSIST", [Any()]),
        ("HSET", [Key('h'), Word(), Word(), Word(), Number()]),
        ("HDEL", [Key('h'), Word(), Word()]),
        ("HINCRBY", [Key('h'), "count", Number()]),
        ("HPEXPIRE", [Key('h'), Random.Next(0, 2_000), "FIELDS", 2, Word(), Word()]),
        ("HPERSIST", [Key('h'), "FIELDS", 1, Word()]),
        ("SADD", [Key('t'), Word(), Number(), Word()]),
        ("SREM", [Key('t'), Word(), Number()]),
        ("SPOP", [Key('t'), Random.Next(1, 4)]),
        ("SMOVE", [Key('t'), Key('t'), Word()]),
        ("SUNIONSTORE", [Key('t'), Key('t'), Key('t')]),
        ("SDIFFSTORE", [Key('t'), Key('t'), Key('t')]),
        ("LPUSH", [Key('l'), Word(), Word()]),
        ("RPUSH", [Key('l'), Word(), Number(), Word()]),
        ("LPOP", [Key('l'), Random.Next(1, 4)]),
        ("RPOP", [Key('l')]),
        ("LSET", [Key('l'), 0, Word()]),
        ("LINSERT", [Key('l'), "AFTER", Word(), Word()]),
        ("LREM", [Key('l'), Random.Next(-2, 3), Word()]),
        ("LTRIM", [Key('l'), Random.Next(3), Random.Next(-3, 6)]),
        ("LMOVE", [Key('l'), Key('l'), "LEFT", "RIGHT"]),
        ("ZADD", [Key('z'), Number(), Word(), 1.5, Word()]),
        ("ZINCRBY", [Key('z'), Number(), Word()]),
        ("ZREM", [Key('z'), Word(), Word()]),
        ("ZREMRANGEBYRANK", [Key('z'), Random.Next(3), Random.Next(-2, 5)]),
        ("ZREMRANGEBYSCORE", [Key('z'), Number(), "+inf"]),
        ("ZPOPMIN", [Key('z'), Random.Next(1, 3)]),
        ("ZUNIONSTORE", [Key('z'), 2, Key('z'), Key('z')]),
        ("GEOADD", [Key('z'), 13.4, 52.5, Word()]),
        ("XADD", [Key('x'), "*", "f", Word()]),
        ("XADD", [Key('x'), "MAXLEN", "=", 5, "*", "f", Word()]),
        ("XTRIM", [Key('x'), "MAXLEN", "=", Random.Next(4)]),
        ("XDEL", [Key('x'), now]),
        ("XGROUP CREATE", [Key('x'), Group(), "0", "MKSTREAM"]),
        ("XGROUP DESTROY", [Key('x'), Group()]),
        ("XGROUP CREATECONSUMER", [Key('x'), Group(), Word()]),
        ("XGROUP DELCONSUMER", [Key('x'), Group(), Word()]),
        ("XGROUP SETID", [Key('x'), Group(), "0"]),
        ("XREADGROUP", ["GROUP", Group(), Word(), "COUNT", 3, "STREAMS", Key('x'), ">"]),
        ("XACK", [Key('x'), Group(), now, now - 100]),
        ("XAUTOCLAIM", [Key('x'), Group(), Word(), 10, "0"]),
        ("XSETID", [Key('x'), now + 1_000_000]),
    ];

    // Now and then a key of another type, and keys that come and go.
    private StoreValue Key(char type) => Random.Next(40) == 0 ? Any() : Name(type);

    private StoreValue Any() => Name("snphtlzx"[Random.Next(8)]);

    private StoreValue Name(char type) => StoreValue.FromKey($"{{a}}{type}{Random.Next(2)}");

    private StoreValue Word() => "abcde"[Random.Next(5)].ToString();

    private StoreValue Group() => Random.Next(2) == 0 ? "g1" : "g2";

    private StoreValue Number() => Random.Next(-3, 10);
}
