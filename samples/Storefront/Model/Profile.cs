namespace Storefront.Model;

/// <summary>A customer's profile since version 2: the name has become the full name, and logins are counted.</summary>
public sealed record Profile(string Id, string FullName, string Email, string City, int Logins = 0);
