using System.Text;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Grammar;

/// <summary>docs/key-layout.md, "The grammar" and "Escaping": what it says is what is written.</summary>
public sealed class KeyGrammarTests : IAsyncDisposable
{
    private const string Before = "{shop}:idem:";

    private readonly InMemoryKeyValueStore _store = new();

    // Not the data of a theory: a runner that passes it on as text would lose lone surrogates.
    private static readonly (string Text, string Token)[] Tokens =
    [
        ("u123", "u123"),
        ("%", "%25"),
        (":", "%3A"),
        ("{shop}", "%7Bshop%7D"),
        ("a,b/c", "a%2Cb%2Fc"),
        ("\0\t\u001F\u007F", "%00%09%1F%7F"),
        ("\uD800", "%uD800"),
        ("a\uDC00\uD83D", "a%uDC00%uD83D"),
        ("\uD83D\uDE00", "\uD83D\uDE00"),
        ("%uD800", "%25uD800"),
        ("a:b", "a%3Ab"),
        ("a%3Ab", "a%253Ab"),
        ("a%253Ab", "a%25253Ab"),
        ("*?[a]\\^-", "*?[a]\\^-"),
        ("Ä ä a\u0308", "Ä ä a\u0308"),
    ];

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public void A_text_has_the_token_that_the_documentation_says() => Assert.All(Tokens, pair => Assert.Equal(pair.Token, Token(pair.Text)));

    [Fact]
    public void The_tag_holds_name_and_tenant_escaped()
    {
        Assert.Equal("{shop}", _store.Keyspace("shop").Tag);
        Assert.Equal("{shop/acme}", _store.Keyspace("shop", "acme").Tag);
        Assert.Equal("{shop%2Facme}", _store.Keyspace("shop/acme").Tag);
        Assert.Equal("{a%7D%7Bb/c%2Fd}", _store.Keyspace("a}{b", "c/d").Tag);
        Assert.Equal(HashSlot.Of("shop/acme"), HashSlot.Of(_store.Keyspace("shop", "acme").IdempotencyKey("}x{")));
    }

    [Fact]
    public void Different_texts_have_different_tokens_that_hold_nothing_special_and_are_UTF8()
    {
        var utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in Texts(seed: 1, count: 50_000))
        {
            var token = Token(text);
            Assert.True(known.TryAdd(token, text) || known[token] == text, "Two texts have one token.");
            Assert.DoesNotContain(token, c => c is ':' or '{' or '}' or ',' or '/' or '\u007F' || char.IsControl(c) && c < 32);
            Assert.True(utf8.GetByteCount(token) > 0);
        }
    }

    [Fact]
    public async Task Ids_of_any_text_come_back_from_the_store_as_they_were()
    {
        var notes = _store.Keyspace("shop").Repository<Thing, ThingModel>(new ThingModel());
        var ids = Texts(seed: 2, count: 2_000).ToHashSet(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            await notes.InsertAsync(new Thing { Id = id }, TestContext.Current.CancellationToken);
        }

        var found = await notes.Query().ToIdsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ids.Count, found.Count);
        Assert.True(ids.SetEquals(found));
    }

    [Fact]
    public void Keys_of_ones_own_are_escaped_and_keep_off_the_words_of_the_grammar()
    {
        var shop = _store.Keyspace("shop", "acme");
        Assert.Equal("{shop/acme}:prices", shop.Key("prices").ToString());
        Assert.Equal("{shop/acme}:balance:alice", shop.Key("balance", "alice").ToString());
        Assert.Equal("{shop/acme}:balance:a%3A%7Bb%7D", shop.Key("balance", "a:{b}").ToString());
        Assert.Equal("{shop/acme}:balance:%", shop.Key("balance", "").ToString());
        Assert.Throws<ModelException>(() => shop.Key("idem"));
        Assert.Throws<ModelException>(() => shop.Key("lock", "a"));
        Assert.Throws<ModelException>(() => shop.Key("a:b", "c"));
        Assert.Throws<ArgumentNullException>(() => shop.Key("balance", null!));
    }

    private string Token(string text)
    {
        var key = _store.Keyspace("shop").IdempotencyKey(text).ToString();
        Assert.StartsWith(Before, key, StringComparison.Ordinal);
        return key[Before.Length..];
    }

    // Short texts over few characters, all of which mean something to somebody, so that near misses are frequent.
    private static IEnumerable<string> Texts(int seed, int count)
    {
        const string Characters = "%%%:{},/u03ADdaA8\0\n\u007F\uD800\uD83D\uDC00\uDE00ä\u0308*";
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var text = new char[random.Next(1, 9)];
            for (var j = 0; j < text.Length; j++)
            {
                text[j] = Characters[random.Next(Characters.Length)];
            }

            yield return new string(text);
        }
    }
}
