using FlightBoard;
using Narration;

return await new SampleProgram(
    "FlightBoard",
    SampleHelp.Text,
    place => $"3,376 real airports and 10,000 real flights, {place}. The first use of anything takes longer: it is compiled.",
    (store, screen, keep, cancellationToken) => new Story(store, screen, TimeProvider.System).RunAsync(keep, cancellationToken)).RunAsync(args);
