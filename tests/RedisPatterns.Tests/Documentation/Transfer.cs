namespace RedisPatterns.Tests.Documentation;

internal sealed record Transfer(StoreKey From, StoreKey To, long Amount);
