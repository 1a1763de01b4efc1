namespace Storefront.Model;

/// <summary>A customer's profile, as version 1 of the program knows it.</summary>
public sealed record OldProfile(string Id, string Name, string Email, string City);
