using Narration;
using Telemetry;

return await new SampleProgram(
    "Telemetry",
    SampleHelp.Text,
    place => $"1,461 days of real weather and the delays of 10,000 real flights as time series, {place}. The first use of anything takes longer: it is compiled.",
    async (store, screen, keep, cancellationToken) => await new Story(store, screen, TimeProvider.System).RunAsync(keep, cancellationToken)).RunAsync(args);
