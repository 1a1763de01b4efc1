namespace Checkout.Tests;

/// <summary>Where a use case runs.</summary>
public enum StoreKind
{
    Memory,
    Redis,
    Cluster,
    Garnet,
}
