namespace FlightBoard.Model;

/// <summary>An airport. Its code is no id: codes are handed on when airports close, so it is kept as a unique value.</summary>
public sealed record Airport(
    string Id,
    string Iata,
    string Name,
    string City,
    string State,
    string Country,
    double Latitude,
    double Longitude,
    string? Notice = null,
    long Version = 0);
