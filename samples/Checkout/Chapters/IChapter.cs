using Narration;

namespace Checkout.Chapters;

/// <summary>A chapter of the story: a use case.</summary>
public interface IChapter
{
    string Title { get; }

    /// <summary>What it shows, in a sentence or two.</summary>
    string Text { get; }

    /// <summary>Takes its steps.</summary>
    Task TellAsync(Market market, Narrator narrator, CancellationToken cancellationToken);
}
