using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The entities of a model as the keys of the database tell them.</summary>
internal sealed class StoredTokens<T>(EntityStorage<T> storage)
    where T : class
{
    private const int KeysPerPage = 1_000;

    /// <summary>The tokens of all ids; one may come twice.</summary>
    public async IAsyncEnumerable<string> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = storage.Keys.EntityPrefix;
        await foreach (var key in storage.Store.ScanKeysAsync(KeyGrammar.GlobLiteral(prefix) + "*", KeysPerPage, cancellationToken).ConfigureAwait(false))
        {
            // A key with more behind the id is an attribute or a part.
            if (key.ToString()[prefix.Length..] is var token && !token.Contains(':', StringComparison.Ordinal))
            {
                yield return token;
            }
        }
    }

    /// <summary>Those of which there is no memo, in parts of so many at most; a part may be empty.</summary>
    public async IAsyncEnumerable<string[]> ForgottenAsync(int partSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var part in AllAsync(cancellationToken).Chunk(partSize).ConfigureAwait(false))
        {
            yield return storage.Schema.Shape.HasMemo ? await WithoutMemoAsync(part, cancellationToken).ConfigureAwait(false) : part;
        }
    }

    private async ValueTask<string[]> WithoutMemoAsync(string[] tokens, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var memos = Array.ConvertAll(tokens, token => pipeline.Add(Hashes.Exists(storage.Keys.Memo(token), token)));
        await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        return [.. tokens.Where((_, i) => !memos[i].Value)];
    }
}
