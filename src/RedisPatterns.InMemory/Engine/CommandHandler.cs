namespace RedisPatterns.InMemory;

/// <summary>Carries out one command.</summary>
/// <param name="context">The database and what belongs to the call.</param>
/// <param name="command">The command with its arguments in Redis's own order, name and subcommand not counted.</param>
/// <returns>What a server answers, in the shapes of RESP2.</returns>
/// <exception cref="StoreException">The command failed; it must not have changed anything by then.</exception>
internal delegate StoreReply CommandHandler(CommandContext context, StoreCommand command);
