namespace RedisPatterns;

/// <summary>Turns a server's reply into a typed one.</summary>
/// <typeparam name="TReply">The typed reply.</typeparam>
/// <param name="reply">The reply; never of the kind <see cref="StoreReplyKind.Error"/>.</param>
/// <exception cref="UnexpectedReplyException">The reply has not the shape that the command answers with.</exception>
public delegate TReply ReplyReader<out TReply>(StoreReply reply);
