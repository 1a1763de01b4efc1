namespace Checkout.Bank;

/// <summary>How a transfer ended.</summary>
public enum TransferStatus
{
    /// <summary>The money has moved, now.</summary>
    Done,

    /// <summary>The money has moved, by an earlier call with the same id.</summary>
    DoneBefore,

    /// <summary>An account would have come below the minimum; nothing has moved.</summary>
    BelowMinimum,

    /// <summary>An account would have come to more than a number can hold; nothing has moved.</summary>
    AboveMaximum,

    /// <summary>There is no such account; nothing has moved.</summary>
    NoAccount,

    /// <summary>The id belongs to another transfer, which was done; nothing has moved.</summary>
    IdTaken,
}
