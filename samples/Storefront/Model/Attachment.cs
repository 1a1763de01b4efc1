namespace Storefront.Model;

/// <summary>A file that belongs to an order.</summary>
public sealed record Attachment(string Id, ReadOnlyMemory<byte> Content);
