namespace RedisPatterns;

/// <summary>An append that waits to be sent with others. Its task ends when it was appended and what it needs besides was done.</summary>
internal sealed class PendingAppend(BucketAppend append, CancellationToken cancellationToken) : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public BucketAppend Append => append;

    /// <summary>Takes it back if it was cancelled before it was sent.</summary>
    public bool IsCancelled() => cancellationToken.IsCancellationRequested && TrySetCanceled(cancellationToken);
}
