using Checkout;
using Narration;

return await new SampleProgram(
    "Checkout",
    SampleHelp.Text,
    place => $"A bank and a shop that many use at once, {place}.",
    async (store, screen, keep, cancellationToken) => await new Story(store, screen, TimeProvider.System).RunAsync(keep, cancellationToken)).RunAsync(args);
