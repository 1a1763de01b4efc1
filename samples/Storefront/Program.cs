using Narration;
using RedisPatterns.InMemory;
using Storefront;

return await new SampleProgram(
    "Storefront",
    SampleHelp.Text,
    place => $"Five use cases of a shop, {place}.",
    async (store, screen, keep, cancellationToken) =>
    {
        await using var memory = new InMemoryKeyValueStore();
        await new Story(store, memory, screen, TimeProvider.System).RunAsync(keep, cancellationToken);
    }).RunAsync(args);
