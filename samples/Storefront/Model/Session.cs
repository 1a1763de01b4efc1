namespace Storefront.Model;

/// <summary>A visit of somebody who has logged in.</summary>
public sealed record Session(Guid Id, string Token, string User, int Views = 0);
